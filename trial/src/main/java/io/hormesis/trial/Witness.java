package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees every request begin and end, and writes down what follows from it: counts, books, gaps and
 * what came back after a fault. Times are nanoseconds since the load began. Thread-safe.
 */
final class Witness {
  private static final String PARTITION = "Hormesis-Partition";
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A request without a reply, whose partition is still to be found out. */
  record Unplaced(Call call, long intendedNanos) {}

  private final Workload workload;
  private final long deadlineNanos;
  private final Books books;
  private final Faults faults;
  private final TrialListener listener;
  private final Tally tally = new Tally();
  private final Gaps gaps = new Gaps();
  private final List<Unplaced> unplaced = new ArrayList<>();

  Witness(
      Workload workload, long deadlineNanos, Books books, Faults faults, TrialListener listener) {
    this.workload = workload;
    this.deadlineNanos = deadlineNanos;
    this.books = books;
    this.faults = faults;
    this.listener = listener;
  }

  /** The intended send time of a request has come. */
  void sent(String key, Call call) {
    tally.sent();
    if (call instanceof Call.Write write) {
      books.opened(key, write);
    }
  }

  /** A request was never handed to a door, because too many were under way. */
  void unsent(Call call, long intendedNanos) {
    tally.sent();
    tally.ended(Ending.ERROR, deadlineNanos);
    leftUnplaced(call, intendedNanos);
  }

  /** A request ended without a reply. */
  void silent(Call call, long intendedNanos, long atNanos) {
    tally.ended(Ending.UNKNOWN, Math.max(deadlineNanos, atNanos - intendedNanos));
    leftUnplaced(call, intendedNanos);
  }

  /** A request got a reply; whatever it says about a write holds, however late it comes. */
  void replied(String key, Call call, DoorReply reply, long intendedNanos, long atNanos) {
    Optional<Meaning> meaning =
        Ending.isReal(reply) ? Optional.of(meaning(call, reply)) : Optional.empty();
    meaning.ifPresent(it -> note(key, it));
    if (reply.status() == 429 || reply.status() == 503) {
      noteRefusal(key, call);
    }
    Ending ending = Ending.of(call, reply, meaning);
    long latency = atNanos - intendedNanos;
    boolean late = latency > deadlineNanos;
    Ending counted = late && !ending.failed() ? Ending.UNKNOWN : ending;
    tally.ended(counted, counted.failed() ? Math.max(deadlineNanos, latency) : latency);
    place(call, reply, ending, intendedNanos, atNanos);
  }

  /** The partition of a request became known after all. */
  void placed(Unplaced request, Optional<DoorReply> lookedUp) {
    String place =
        lookedUp.map(it -> placeOf(request.call(), it)).orElse(processOf(request.call()));
    gaps.asked(place, request.intendedNanos());
  }

  synchronized List<Unplaced> unplaced() {
    return List.copyOf(unplaced);
  }

  Tally tally() {
    return tally;
  }

  Gaps gaps() {
    return gaps;
  }

  private void note(String key, Meaning meaning) {
    switch (meaning) {
      case Meaning.Accepted accepted -> books.told(key, new Books.Word.Done(accepted.receipt()));
      case Meaning.Declined _ -> books.told(key, new Books.Word.Declined());
      case Meaning.Untrue untrue -> books.contradicted(untrue.what());
      case Meaning.Shown _, Meaning.Strange _ -> {}
    }
  }

  /** A workload that stumbles over a reply does not understand it. */
  private Meaning meaning(Call call, DoorReply reply) {
    try {
      return workload.meaning(call, reply);
    } catch (RuntimeException e) {
      return new Meaning.Strange(e.toString());
    }
  }

  private void noteRefusal(String key, Call call) {
    if (call instanceof Call.Write) {
      books.told(key, new Books.Word.Refused());
    }
  }

  private void place(Call call, DoorReply reply, Ending ending, long intendedNanos, long atNanos) {
    if (reply.header(PARTITION).isEmpty() && ending.failed()) {
      leftUnplaced(call, intendedNanos);
      return;
    }
    String place = placeOf(call, reply);
    gaps.asked(place, intendedNanos);
    if (ending == Ending.REPLIED) {
      gaps.replied(place, atNanos);
      faults
          .replied(place, intendedNanos / NANOS_PER_MILLI, atNanos / NANOS_PER_MILLI)
          .forEach(listener::on);
    }
  }

  private synchronized void leftUnplaced(Call call, long intendedNanos) {
    unplaced.add(new Unplaced(call, intendedNanos));
  }

  private static String placeOf(Call call, DoorReply reply) {
    return reply.header(PARTITION).orElse(processOf(call));
  }

  private static String processOf(Call call) {
    return call.place().process();
  }
}
