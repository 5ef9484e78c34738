package io.hormesis.trial;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * When requests are meant to be sent: open loop, whatever became of the ones before. There is one
 * in each slot of 1/rate seconds, at a drawn moment of it, so that the load is not in step with
 * anything that beats regularly, and its count is exact.
 *
 * @param perSecond requests a second, 1 to 100000
 * @param seed the same seed draws the same moments and the same requests
 */
record Arrivals(int perSecond, long seed) {
  private static final double NANOS = 1e9;

  Arrivals {
    if (perSecond < 1 || perSecond > 100_000) {
      throw new IllegalArgumentException(
          "load must be 1 to 100000 requests a second, but was %d".formatted(perSecond));
    }
  }

  /** Intended send time of a request, in nanoseconds since the load began. */
  long intendedNanos(long number) {
    double phase = randomOf(number).nextDouble();
    return (long) ((number + phase) * NANOS / perSecond);
  }

  /** All that is random about a request comes from here, so that it does not depend on others. */
  RandomGenerator randomOf(long number) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
  }
}
