package io.hormesis.edge;

import java.time.Duration;
import java.util.Optional;

/**
 * How far one request has come on its way through the doors, and what is done next. A state machine
 * without clock and randomness: times are nanoseconds of any one clock.
 *
 * <p>A request that was perhaps done is sent again only when that cannot do it twice. No more than
 * three tries reach a door; refused connections, which cost nothing, count only beyond one for each
 * door.
 *
 * <p>A refusal tells of its own try only. When an earlier try of a request that changes something
 * was lost, it is not handed on as the last word: it may have been done all the same.
 *
 * @param doors how many doors there are
 * @param repeatable whether sending it twice does what sending it once does
 * @param changes whether it may change something
 * @param deadline when a reply is of no use any more
 * @param share the longest time for one try, unless it is the last
 * @param tries how many tries were made that count
 * @param refusals how many connections were refused
 * @param waited whether a 503 was waited out already
 * @param perhapsDone whether a door may have got it without our knowing how it ended
 */
record RetryState(
    int doors,
    boolean repeatable,
    boolean changes,
    long deadline,
    Duration share,
    int tries,
    int refusals,
    boolean waited,
    boolean perhapsDone) {
  static final int TRIES = 3;
  private static final int SHARE_PERCENT = 30;
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(100);

  static RetryState begin(
      int doors, boolean repeatable, boolean changes, Duration within, long now) {
    Duration share = within.multipliedBy(SHARE_PERCENT).dividedBy(100);
    long deadline = now + within.toNanos();
    return new RetryState(doors, repeatable, changes, deadline, share, 0, 0, false, false);
  }

  /** How one try ended. */
  sealed interface Outcome {

    /** With a reply about the request, whatever it says. */
    record Replied() implements Outcome {}

    /** With a refusal: this try did nothing, and another one later may. */
    record Refused(Optional<Duration> retryAfter) implements Outcome {}

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
   */
  Next after(Outcome outcome, long now, double dice) {
    return switch (outcome) {
      case Outcome.Replied _ -> new Next.Done();
      case Outcome.Refused(var retryAfter) -> afterRefusal(retryAfter, now, dice);
      case Outcome.NotSent _ -> afterClosedDoor(now, dice);
      case Outcome.Lost _ -> afterLoss(now);
    };
  }

  private Next afterRefusal(Optional<Duration> retryAfter, long now, double dice) {
    Next last = perhapsDone && changes ? new Next.GiveUp(this) : new Next.Done();
    if (retryAfter.isEmpty() || waited || !repeatable || tries + 1 >= TRIES) {
      return last;
    }
    Duration pause = stretched(retryAfter.get(), dice);
    boolean inTime = left(now).compareTo(pause.plus(LEAST)) > 0;
    return inTime ? new Next.Again(counted(tries + 1, refusals, true, perhapsDone), pause) : last;
  }

  private Next afterClosedDoor(long now, double dice) {
    boolean free = refusals < doors;
    RetryState after = counted(free ? tries : tries + 1, refusals + 1, waited, perhapsDone);
    Duration pause = after.refusals() < doors ? Duration.ZERO : stretched(PAUSE, dice);
    boolean again = after.tries() < TRIES && left(now).compareTo(pause.plus(LEAST)) > 0;
    return again ? new Next.Again(after, pause) : new Next.GiveUp(after);
  }

  private Next afterLoss(long now) {
    RetryState after = counted(tries + 1, refusals, waited, true);
    boolean again = repeatable && after.tries() < TRIES && left(now).compareTo(LEAST) > 0;
    return again ? new Next.Again(after, Duration.ZERO) : new Next.GiveUp(after);
  }

  private RetryState counted(int tries, int refusals, boolean waited, boolean perhapsDone) {
    return new RetryState(
        doors, repeatable, changes, deadline, share, tries, refusals, waited, perhapsDone);
  }

  private static Duration stretched(Duration pause, double dice) {
    return pause.plusNanos((long) (pause.toNanos() * 0.2 * dice));
  }
}
