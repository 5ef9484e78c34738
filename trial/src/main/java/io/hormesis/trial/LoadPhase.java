package io.hormesis.trial;

import java.time.Duration;

/**
 * One stretch of an open-loop load at one rate.
 *
 * @param name what it is called in progress and results
 * @param perSecond requests a second, 1 to 100000
 * @param millis how long it sends
 * @param seed draws the moments and the requests
 */
public record LoadPhase(String name, int perSecond, long millis, long seed) {

  /** A phase of some seconds. */
  public static LoadPhase of(String name, int perSecond, Duration time, long seed) {
    return new LoadPhase(name, perSecond, time.toMillis(), seed);
  }

  /** How many requests it sends. */
  public long requests() {
    return Math.max(1, perSecond * millis / 1_000);
  }
}
