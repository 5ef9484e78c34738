package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.NoReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Recorder of requests: sees each begin and end, and writes down what follows from it: counts,
 * books, gaps and what came back after a fault. Times are nanoseconds since the load began.
 * Thread-safe.
 */
final class RequestRecorder {
  private static final String PARTITION = "Hormesis-Partition";
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int FAILURES_SHOWN = 20;
  private static final int TEXT_SHOWN = 200;

  private final Load load;
  private final long deadlineNanos;
  private final TrialBooks books;
  private final Faults faults;
  private final TrialListener listener;
  private final Tally tally = new Tally();
  private final LoadWindow window;
  private final Gaps gaps = new Gaps();
  private final List<Sent> unplaced = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  RequestRecorder(
      Load load, long deadlineNanos, TrialBooks books, Faults faults, TrialListener listener) {
    this.load = load;
    this.window = new LoadWindow(deadlineNanos);
    this.deadlineNanos = deadlineNanos;
    this.books = books;
    this.faults = faults;
    this.listener = listener;
  }

  /** The intended send time of a request has come. */
  void sent(Sent sent) {
    tally.sent();
    if (sent.call() instanceof TrialCall.Write write) {
      books.opened(sent.key(), write);
    }
  }

  /** A request of the warm-up is about to be sent. */
  void rehearsed(String key, TrialCall call) {
    if (call instanceof TrialCall.Write write) {
      books.rehearsed(key, write);
    }
  }

  /** A reply came, and what it says goes into the books; the rest is not counted here. */
  Optional<ReplyMeaning> heard(String key, TrialCall call, EdgeReply reply) {
    Optional<ReplyMeaning> meaning =
        reply.isReal() ? Optional.of(meaning(call, reply)) : Optional.empty();
    meaning.ifPresent(it -> note(key, it));
    return meaning;
  }

  /** A request was never handed to the client, because too many were under way. */
  void unsent(Sent unsent) {
    tally.sent();
    tally.ended(RequestOutcome.ERROR, deadlineNanos, deadlineNanos);
    window.ended(true, deadlineNanos);
    failed(unsent, "never sent: too many requests were under way");
    leftUnplaced(unsent);
  }

  /** A request ended without a reply; some are certain never to have reached an edge. */
  void silent(Sent sent, long atNanos, Throwable why) {
    boolean notDone = why instanceof NoReplyException none && !none.perhapsDone();
    silent(sent, atNanos, notDone, Objects.requireNonNullElse(why.getMessage(), why.toString()));
  }

  /** A request ended without a reply; {@code notDone}: it certainly never reached an edge. */
  void silent(Sent sent, long atNanos, boolean notDone, String why) {
    if (notDone) {
      noteRefusal(sent);
    }
    count(sent, notDone ? RequestOutcome.ERROR : RequestOutcome.UNKNOWN, atNanos);
    failed(sent, "no reply: " + why);
    leftUnplaced(sent);
  }

  /** A request got a reply; whatever it says about a write holds, however late it comes. */
  void replied(Sent sent, EdgeReply reply, long atNanos) {
    Optional<ReplyMeaning> meaning = heard(sent.key(), sent.call(), reply);
    RequestOutcome outcome = atOnce(RequestOutcome.of(sent.call(), reply, meaning), sent, atNanos);
    if (outcome.refused()) {
      noteRefusal(sent);
    }
    boolean late = atNanos - sent.intendedNanos() > deadlineNanos;
    RequestOutcome counted = late && !outcome.failed() ? RequestOutcome.UNKNOWN : outcome;
    count(sent, counted, atNanos);
    if (counted.failed()) {
      failed(sent, describe(reply, atNanos - sent.intendedNanos()));
    }
    place(sent, reply, outcome, atNanos);
  }

  /** A refusal that comes late has cost its caller the time that it should have saved. */
  private RequestOutcome atOnce(RequestOutcome outcome, Sent sent, long atNanos) {
    boolean late = atNanos - sent.handedNanos() > deadlineNanos / 4;
    return outcome == RequestOutcome.SHED && late ? RequestOutcome.REFUSED : outcome;
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

  LoadWindow window() {
    return window;
  }

  Gaps gaps() {
    return gaps;
  }

  /** A request that failed took its whole deadline at least, so that no failure looks quick. */
  private void count(Sent sent, RequestOutcome outcome, long atNanos) {
    window.ended(outcome.failed(), atNanos - sent.intendedNanos());
    long least = outcome.failed() ? deadlineNanos : 0;
    tally.ended(
        outcome,
        Math.max(least, atNanos - sent.intendedNanos()),
        Math.max(least, atNanos - sent.handedNanos()));
  }

  private void note(String key, ReplyMeaning meaning) {
    switch (meaning) {
      case ReplyMeaning.Accepted accepted ->
          books.told(key, new TrialBooks.Word.Done(accepted.receipt()));
      case ReplyMeaning.Taken _ -> books.told(key, new TrialBooks.Word.Taken());
      case ReplyMeaning.Declined _ -> books.told(key, new TrialBooks.Word.Declined());
      case ReplyMeaning.Untrue untrue -> books.contradicted(untrue.what());
      case ReplyMeaning.Shown _, ReplyMeaning.Strange _ -> {}
    }
  }

  /** A load that stumbles over a reply does not understand it. */
  private ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    try {
      return load.meaning(call, reply);
    } catch (RuntimeException e) {
      return new ReplyMeaning.Strange(e.toString());
    }
  }

  private void noteRefusal(Sent sent) {
    if (sent.call() instanceof TrialCall.Write) {
      books.told(sent.key(), new TrialBooks.Word.Refused());
    }
  }

  private void place(Sent sent, EdgeReply reply, RequestOutcome outcome, long atNanos) {
    if (reply.header(PARTITION).isEmpty() && outcome.failed()) {
      leftUnplaced(sent);
      return;
    }
    String place = placeOf(sent, Optional.of(reply));
    gaps.asked(place, sent.intendedNanos());
    if (outcome == RequestOutcome.REPLIED) {
      gaps.replied(place, atNanos);
      boolean write = sent.call() instanceof TrialCall.Write && reply.status() < 400;
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
