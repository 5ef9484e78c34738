package io.hormesis.keeper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Capped exponential backoff with jitter: when a server that ended is started again.
 *
 * <pre>
 *   RESTARTING  starts it again after 0.5 s, and after four times as long each time it ends soon
 *               again, 3 s at most; more than 5 ends within 40 s, or a start that cannot be:
 *       ↓ ↑
 *   BACKING_OFF starts it again after 10 s, and after twice as long each time, 5 minutes at most;
 *               a life of 40 s or more: back to the state above
 * </pre>
 *
 * <p>The first pause leaves the processors to those who elect: a start takes one for seconds.
 *
 * <p>So no server is left out for ever: what kept it down may be gone one day, and nobody need
 * start it by hand then. An end that somebody expected, as of a kill by the monkey, counts for
 * nothing.
 *
 * <p>Source: rules R7 and R20. A state machine; time is in milliseconds. Not thread-safe.
 */
final class RestartPolicy {
  static final int MOST_ENDS = 5;
  static final long WITHIN_MILLIS = 40_000;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 3_000;
  private static final long FIRST_BACKOFF_MILLIS = 10_000;
  private static final long LONGEST_BACKOFF_MILLIS = 300_000;

  private final RandomGenerator random;
  private final Deque<Long> ends = new ArrayDeque<>();
  private State state = State.RESTARTING;
  private long startedAt;
  private int backoffs;

  /** How a server is being treated. */
  enum State {
    RESTARTING,
    BACKING_OFF
  }

  /**
   * What comes after an end.
   *
   * @param pause how long to wait before the server is started again
   */
  record Restart(Duration pause, State state) {}

  RestartPolicy(RandomGenerator random) {
    this.random = random;
  }

  /** The server was started. */
  void started(long now) {
    startedAt = now;
  }

  /** The server ended, or could not be started at all. */
  Restart ended(boolean expected, long now) {
    if (expected) {
      return new Restart(jittered(FIRST_PAUSE_MILLIS), State.RESTARTING);
    }
    if (state == State.BACKING_OFF && now - startedAt >= WITHIN_MILLIS) {
      state = State.RESTARTING;
      ends.clear();
    }
    while (!ends.isEmpty() && ends.element() <= now - WITHIN_MILLIS) {
      ends.remove();
    }
    ends.add(now);
    if (state == State.BACKING_OFF || ends.size() > MOST_ENDS) {
      return backOff();
    }
    long pause = FIRST_PAUSE_MILLIS << (2 * (ends.size() - 1));
    return new Restart(jittered(Math.min(pause, LONGEST_PAUSE_MILLIS)), state);
  }

  /** The server ended and said that it cannot start: to try soon again would not help. */
  Restart cannotStart() {
    return backOff();
  }

  private Restart backOff() {
    backoffs = state == State.BACKING_OFF ? backoffs + 1 : 1;
    state = State.BACKING_OFF;
    // Shifted no further than it takes to be beyond the longest.
    long pause = FIRST_BACKOFF_MILLIS << Math.min(backoffs - 1, 10);
    return new Restart(jittered(Math.min(pause, LONGEST_BACKOFF_MILLIS)), state);
  }

  private Duration jittered(long millis) {
    return Duration.ofMillis(millis - millis / 5 + random.nextLong(2 * millis / 5 + 1));
  }
}
