package io.hormesis.chaos;

import java.time.Duration;

/**
 * How a monkey goes about it.
 *
 * @param seed the same seed and the same views of the system give the same kills
 * @param target name of the process whose leaders it must hit; of any when no such process is there
 * @param duration when the run ends
 * @param pause how long it looks at a fully redundant system before the next kill, at most; at
 *     least a third of it, unless time gets short
 * @param quietEnd how long before the end it kills no more, so that the last repair is seen
 * @param killsPerMinute how many kills it wants; it shortens its pauses when it is behind
 */
public record MonkeyPlan(
    long seed,
    String target,
    Duration duration,
    Duration pause,
    Duration quietEnd,
    int killsPerMinute) {
  private static final Duration QUIET_END = Duration.ofSeconds(6);

  public MonkeyPlan {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "duration of a monkey's run must be positive, but was " + duration);
    }
    if (killsPerMinute < 1 || killsPerMinute > 60) {
      throw new IllegalArgumentException(
          "killsPerMinute must be 1 to 60, but was " + killsPerMinute);
    }
  }

  /** Pauses of 1 to 3 s, five kills a minute at least, quiet in the last 6 s, a fifth at most. */
  public static MonkeyPlan usual(long seed, String target, Duration duration) {
    Duration fifth = duration.dividedBy(5);
    Duration quietEnd = fifth.compareTo(QUIET_END) < 0 ? fifth : QUIET_END;
    return new MonkeyPlan(seed, target, duration, Duration.ofSeconds(3), quietEnd, 5);
  }
}
