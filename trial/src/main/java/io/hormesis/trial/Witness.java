package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.NoReplyException;
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
  private static final int FAILURES_SHOWN = 20;
  private static final int TEXT_SHOWN = 200;

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
  private final List<String> failures = new ArrayList<>();

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
    tally.ended(Fate.ERROR, deadlineNanos);
    failed(call, intendedNanos, "never sent: too many requests were under way");
    leftUnplaced(call, intendedNanos);
  }

  /** A request ended without a reply; some are certain never to have reached a door. */
  void silent(String key, Call call, long intendedNanos, long atNanos, Throwable why) {
    boolean notDone = why instanceof NoReplyException none && !none.perhapsDone();
    if (notDone) {
      noteRefusal(key, call);
    }
    tally.ended(
        notDone ? Fate.ERROR : Fate.UNKNOWN, Math.max(deadlineNanos, atNanos - intendedNanos));
    failed(call, intendedNanos, "no reply: " + why);
    leftUnplaced(call, intendedNanos);
  }

  /** A request got a reply; whatever it says about a write holds, however late it comes. */
  void replied(String key, Call call, EdgeReply reply, long intendedNanos, long atNanos) {
    Optional<Meaning> meaning =
        Fate.isReal(reply) ? Optional.of(meaning(call, reply)) : Optional.empty();
    meaning.ifPresent(it -> note(key, it));
    if (reply.status() == 429 || reply.status() == 503) {
      noteRefusal(key, call);
    }
    Fate fate = Fate.of(call, reply, meaning);
    long latency = atNanos - intendedNanos;
    boolean late = latency > deadlineNanos;
    Fate counted = late && !fate.failed() ? Fate.UNKNOWN : fate;
    tally.ended(counted, counted.failed() ? Math.max(deadlineNanos, latency) : latency);
    if (counted.failed()) {
      failed(call, intendedNanos, describe(reply, latency));
    }
    place(call, reply, fate, intendedNanos, atNanos);
  }

  /** The partition of a request became known after all. */
  void placed(Unplaced request, Optional<EdgeReply> lookedUp) {
    String place =
        lookedUp.map(it -> placeOf(request.call(), it)).orElse(processOf(request.call()));
    gaps.asked(place, request.intendedNanos());
  }

  /** The first {@value #FAILURES_SHOWN} failed requests, a sentence each. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
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
  private Meaning meaning(Call call, EdgeReply reply) {
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

  private void place(Call call, EdgeReply reply, Fate fate, long intendedNanos, long atNanos) {
    if (reply.header(PARTITION).isEmpty() && fate.failed()) {
      leftUnplaced(call, intendedNanos);
      return;
    }
    String place = placeOf(call, reply);
    gaps.asked(place, intendedNanos);
    if (fate == Fate.REPLIED) {
      gaps.replied(place, atNanos);
      boolean write = call instanceof Call.Write && reply.status() < 400;
      faults
          .replied(place, write, intendedNanos / NANOS_PER_MILLI, atNanos / NANOS_PER_MILLI)
          .forEach(listener::on);
    }
  }

  private synchronized void failed(Call call, long intendedNanos, String why) {
    if (failures.size() < FAILURES_SHOWN) {
      failures.add(
          "%s %s at %d ms: %s"
              .formatted(
                  call.request().method(),
                  call.request().path(),
                  intendedNanos / NANOS_PER_MILLI,
                  why));
    }
  }

  private static String describe(EdgeReply reply, long latencyNanos) {
    String body = reply.body();
    return "%d after %d ms from %s: %s"
        .formatted(
            reply.status(),
            latencyNanos / NANOS_PER_MILLI,
            reply.edge(),
            body.substring(0, Math.min(body.length(), TEXT_SHOWN)));
  }

  private synchronized void leftUnplaced(Call call, long intendedNanos) {
    unplaced.add(new Unplaced(call, intendedNanos));
  }

  private static String placeOf(Call call, EdgeReply reply) {
    return reply.header(PARTITION).orElse(processOf(call));
  }

  private static String processOf(Call call) {
    return call.spot().process();
  }
}
