package io.hormesis.keeper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a server that ended is started again: after a short pause, four times as long each time it
 * ends soon again, up to a limit, with jitter; after too many ends of its own within a while, not
 * at all.
 *
 * <p>A kill that was ordered, as by the monkey, does not count against it. Source: rules R7 and
 * R20. A state machine; time is in milliseconds. Not thread-safe.
 */
final class RestartPolicy {
  static final int MOST_ENDS = 5;
  static final long WITHIN_MILLIS = 30_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 3_000;

  private final RandomGenerator random;
  private final Deque<Long> ends = new ArrayDeque<>();

  RestartPolicy(RandomGenerator random) {
    this.random = random;
  }

  /** The server ended: how long to wait before it is started again; empty when it stays down. */
  Optional<Duration> ended(boolean ordered, long now) {
    while (!ends.isEmpty() && ends.element() <= now - WITHIN_MILLIS) {
      ends.remove();
    }
    if (ordered) {
      return Optional.of(jittered(FIRST_PAUSE_MILLIS));
    }
    ends.add(now);
    if (ends.size() > MOST_ENDS) {
      return Optional.empty();
    }
    long pause = FIRST_PAUSE_MILLIS << (2 * (ends.size() - 1));
    return Optional.of(jittered(Math.min(pause, LONGEST_PAUSE_MILLIS)));
  }

  private Duration jittered(long millis) {
    return Duration.ofMillis(millis - millis / 5 + random.nextLong(2 * millis / 5 + 1));
  }
}
