package io.hormesis.edge;

import java.time.Duration;

/**
 * How far one request has come on its way through the doors, and what is done next. A state machine
 * without clock and randomness: times are nanoseconds of any one clock.
 *
 * <p>A request that was perhaps done is sent again only when that cannot do it twice. No more than
 * three tries are made, refused connections included. It changes doors only when one cannot be
 * reached, says nothing, or says "not here": everything else is the edge's business, which retries
 * inside (rules R4 and R5). What sends a request again takes from the client's {@link RetryWindow}.
 *
 * <p>A refusal tells of its own try only. When an earlier try of a request that changes something
 * was lost, it is not handed on as the last word: it may have been done all the same.
 *
 * @param doors how many doors there are
 * @param repeatable whether sending it twice does what sending it once does
 * @param changes whether it may change something
 * @param deadline when a reply is of no use any more
 * @param share the longest time for one try, unless it is the last
 * @param tries how many tries were made
 * @param perhapsDone whether a door may have got it without our knowing how it ended
 */
record RetryState(
    int doors,
    boolean repeatable,
    boolean changes,
    long deadline,
    Duration share,
    int tries,
    boolean perhapsDone) {
  static final int TRIES = 3;
  private static final int SHARE_PERCENT = 30;
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(100);

  static RetryState begin(
      int doors, boolean repeatable, boolean changes, Duration within, long now) {
    Duration share = within.multipliedBy(SHARE_PERCENT).dividedBy(100);
    return new RetryState(doors, repeatable, changes, now + within.toNanos(), share, 0, false);
  }

  /** How one try ended. */
  sealed interface Outcome {

    /** With a reply about the request, whatever it says. */
    record Replied() implements Outcome {}

    /** With a refusal: this try did nothing, and another one would do no better. */
    record Refused() implements Outcome {}

    /** With the word that this door does not take it, but others may. */
    record Elsewhere() implements Outcome {}

    /** The door did not get it. */
    record NotSent() implements Outcome {}

    /** Nobody knows: the connection broke, or the try's time was up. */
    record Lost() implements Outcome {}
  }

  /** What is done next. */
  sealed interface Next {

    /** Another try, after a while. */
    record Again(RetryState after, Duration pause) implements Next {}

    /** The reply that came is the last word. */
    record Done() implements Next {}

    /** There will be no reply that can be believed. */
    record GiveUp(RetryState after) implements Next {}
  }

  /** How long the next try may take: for ever is the deadline. */
  Duration tryLimit(long now) {
    Duration left = left(now);
    boolean another = repeatable && doors > 1 && tries + 1 < TRIES;
    return another && share.compareTo(left) < 0 ? share : left;
  }

  Duration left(long now) {
    return Duration.ofNanos(Math.max(0, deadline - now));
  }

  /**
   * Decides after a try.
   *
   * @param dice 0 to 1, so that those who were refused together do not come back together
   * @param mayRepeat whether the client's budget has room for sending a request again
   */
  Next after(Outcome outcome, long now, double dice, boolean mayRepeat) {
    return switch (outcome) {
      case Outcome.Replied _ -> new Next.Done();
      case Outcome.Refused _ -> lastWord();
      case Outcome.Elsewhere _ -> afterElsewhere(now, mayRepeat);
      case Outcome.NotSent _ -> afterClosedDoor(now, dice);
      case Outcome.Lost _ -> afterLoss(now, mayRepeat);
    };
  }

  private Next lastWord() {
    return perhapsDone && changes ? new Next.GiveUp(this) : new Next.Done();
  }

  private Next afterElsewhere(long now, boolean mayRepeat) {
    RetryState after = tried(perhapsDone);
    boolean again = doors > 1 && mayRepeat && after.mayTry(now, Duration.ZERO);
    return again ? new Next.Again(after, Duration.ZERO) : lastWord();
  }

  private Next afterClosedDoor(long now, double dice) {
    RetryState after = tried(perhapsDone);
    Duration pause = after.tries() < doors ? Duration.ZERO : stretched(PAUSE, dice);
    return after.mayTry(now, pause) ? new Next.Again(after, pause) : new Next.GiveUp(after);
  }

  private Next afterLoss(long now, boolean mayRepeat) {
    RetryState after = tried(true);
    boolean again = repeatable && mayRepeat && after.mayTry(now, Duration.ZERO);
    return again ? new Next.Again(after, Duration.ZERO) : new Next.GiveUp(after);
  }

  private boolean mayTry(long now, Duration pause) {
    return tries < TRIES && left(now).compareTo(pause.plus(LEAST)) > 0;
  }

  private RetryState tried(boolean perhapsDone) {
    return new RetryState(doors, repeatable, changes, deadline, share, tries + 1, perhapsDone);
  }

  private static Duration stretched(Duration pause, double dice) {
    return pause.plusNanos((long) (pause.toNanos() * 0.2 * dice));
  }
}
