package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.NoReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  private final Load load;
  private final long deadlineNanos;
  private final Books books;
  private final Faults faults;
  private final TrialListener listener;
  private final Tally tally = new Tally();
  private final Pace pace;
  private final Gaps gaps = new Gaps();
  private final List<Sent> unplaced = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  Witness(Load load, long deadlineNanos, Books books, Faults faults, TrialListener listener) {
    this.load = load;
    this.pace = new Pace(deadlineNanos);
    this.deadlineNanos = deadlineNanos;
    this.books = books;
    this.faults = faults;
    this.listener = listener;
  }

  /** The intended send time of a request has come. */
  void sent(Sent sent) {
    tally.sent();
    if (sent.call() instanceof Call.Write write) {
      books.opened(sent.key(), write);
    }
  }

  /** A request of the warm-up is about to be sent. */
  void rehearsed(String key, Call call) {
    if (call instanceof Call.Write write) {
      books.rehearsed(key, write);
    }
  }

  /** A reply came, and what it says goes into the books; the rest is not counted here. */
  Optional<Meaning> heard(String key, Call call, EdgeReply reply) {
    Optional<Meaning> meaning =
        reply.isReal() ? Optional.of(meaning(call, reply)) : Optional.empty();
    meaning.ifPresent(it -> note(key, it));
    return meaning;
  }

  /** A request was never handed to a door, because too many were under way. */
  void unsent(Sent unsent) {
    tally.sent();
    tally.ended(Fate.ERROR, deadlineNanos, deadlineNanos);
    pace.ended(true, deadlineNanos);
    failed(unsent, "never sent: too many requests were under way");
    leftUnplaced(unsent);
  }

  /** A request ended without a reply; some are certain never to have reached a door. */
  void silent(Sent sent, long atNanos, Throwable why) {
    boolean notDone = why instanceof NoReplyException none && !none.perhapsDone();
    silent(sent, atNanos, notDone, Objects.requireNonNullElse(why.getMessage(), why.toString()));
  }

  /** A request ended without a reply; {@code notDone}: it certainly never reached a door. */
  void silent(Sent sent, long atNanos, boolean notDone, String why) {
    if (notDone) {
      noteRefusal(sent);
    }
    count(sent, notDone ? Fate.ERROR : Fate.UNKNOWN, atNanos);
    failed(sent, "no reply: " + why);
    leftUnplaced(sent);
  }

  /** A request got a reply; whatever it says about a write holds, however late it comes. */
  void replied(Sent sent, EdgeReply reply, long atNanos) {
    Optional<Meaning> meaning = heard(sent.key(), sent.call(), reply);
    Fate fate = Fate.of(sent.call(), reply, meaning);
    if (fate == Fate.REFUSED) {
      noteRefusal(sent);
    }
    boolean late = atNanos - sent.intendedNanos() > deadlineNanos;
    Fate counted = late && !fate.failed() ? Fate.UNKNOWN : fate;
    count(sent, counted, atNanos);
    if (counted.failed()) {
      failed(sent, describe(reply, atNanos - sent.intendedNanos()));
    }
    place(sent, reply, fate, atNanos);
  }

  /** The partition of a request became known after all, or did not. */
  void placed(Sent request, Optional<EdgeReply> lookedUp) {
    gaps.asked(placeOf(request, lookedUp), request.intendedNanos());
  }

  /** The first {@value #FAILURES_SHOWN} failed requests, a sentence each. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Requests without a reply, whose partitions are still to be found out. */
  synchronized List<Sent> unplaced() {
    return List.copyOf(unplaced);
  }

  Tally tally() {
    return tally;
  }

  Pace pace() {
    return pace;
  }

  Gaps gaps() {
    return gaps;
  }

  /** A request that failed took its whole deadline at least, so that no failure looks quick. */
  private void count(Sent sent, Fate fate, long atNanos) {
    pace.ended(fate.failed(), atNanos - sent.intendedNanos());
    long least = fate.failed() ? deadlineNanos : 0;
    tally.ended(
        fate,
        Math.max(least, atNanos - sent.intendedNanos()),
        Math.max(least, atNanos - sent.handedNanos()));
  }

  private void note(String key, Meaning meaning) {
    switch (meaning) {
      case Meaning.Accepted accepted -> books.told(key, new Books.Word.Done(accepted.receipt()));
      case Meaning.Taken _ -> books.told(key, new Books.Word.Taken());
      case Meaning.Declined _ -> books.told(key, new Books.Word.Declined());
      case Meaning.Untrue untrue -> books.contradicted(untrue.what());
      case Meaning.Shown _, Meaning.Strange _ -> {}
    }
  }

  /** A load that stumbles over a reply does not understand it. */
  private Meaning meaning(Call call, EdgeReply reply) {
    try {
      return load.meaning(call, reply);
    } catch (RuntimeException e) {
      return new Meaning.Strange(e.toString());
    }
  }

  private void noteRefusal(Sent sent) {
    if (sent.call() instanceof Call.Write) {
      books.told(sent.key(), new Books.Word.Refused());
    }
  }

  private void place(Sent sent, EdgeReply reply, Fate fate, long atNanos) {
    if (reply.header(PARTITION).isEmpty() && fate.failed()) {
      leftUnplaced(sent);
      return;
    }
    String place = placeOf(sent, Optional.of(reply));
    gaps.asked(place, sent.intendedNanos());
    if (fate == Fate.REPLIED) {
      gaps.replied(place, atNanos);
      boolean write = sent.call() instanceof Call.Write && reply.status() < 400;
      faults
          .replied(place, write, sent.intendedMillis(), atNanos / NANOS_PER_MILLI)
          .forEach(listener::on);
    }
  }

  private synchronized void failed(Sent sent, String why) {
    if (failures.size() < FAILURES_SHOWN) {
      failures.add(sent + ": " + why);
    }
  }

  private synchronized void leftUnplaced(Sent sent) {
    unplaced.add(sent);
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

  private static String placeOf(Sent sent, Optional<EdgeReply> reply) {
    return reply.flatMap(it -> it.header(PARTITION)).orElseGet(sent::process);
  }
}
