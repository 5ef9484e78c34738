package io.hormesis.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All randomness of a world, from its one seed.
 *
 * <p>Each user takes a stream of its own by name, so that one more draw in one place shifts nothing
 * elsewhere: a mutant meets the same faults as the original.
 */
public final class Dice {

  private final SplittableRandom random;

  private Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The stream of a name under a seed; the same every time. */
  public static Dice of(long seed, String stream) {
    return new Dice(mix(mix(seed) ^ stream.hashCode()));
  }

  /** True with a probability from 0 to 1. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from {@code low} to {@code high}, both included. */
  public long between(long low, long high) {
    return low + random.nextLong(high - low + 1);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A time from {@code low} to {@code high}. */
  public Duration between(Duration low, Duration high) {
    return Duration.ofNanos(between(low.toNanos(), high.toNanos()));
  }

  /** The time to the next of events that come every {@code mean} on average, independently. */
  public Duration until(Duration mean) {
    return Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * mean.toNanos()));
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The same stream, for those who draw by themselves. */
  public RandomGenerator generator() {
    return random;
  }

  /** Spreads a number over all 64 bits (the finaliser of MurmurHash3). */
  static long mix(long number) {
    long spread = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
    spread = (spread ^ (spread >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return spread ^ (spread >>> 33);
  }
}
