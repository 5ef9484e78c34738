package io.hormesis.examples.egovernment.load;

import java.util.random.RandomGenerator;

/** Who files and looks up returns, and for which years. Nothing is random but what is given. */
sealed interface Crowd {
  int FIRST_YEAR = 1900;
  int LAST_YEAR = 2100;

  /** Draws a citizen: 11 digits, others in every run. */
  String citizen(long run, RandomGenerator random);

  /** Draws a year. */
  int year(RandomGenerator random);

  /** A whole country, uniformly: citizens hardly ever meet themselves. */
  record Country() implements Crowd {
    static final int CITIZENS = 100_000;

    @Override
    public String citizen(long run, RandomGenerator random) {
      return number(run, random.nextInt(CITIZENS));
    }

    @Override
    public int year(RandomGenerator random) {
      return random.nextInt(FIRST_YEAR, LAST_YEAR + 1);
    }
  }

  /**
   * A village: 30 of 100 calls are about three citizens, 45 about 57 others, and half of all about
   * the last four of 24 years, so that calls meet. The other 25 are about anybody of the country
   * who passes by: a village's years are all filed after some minutes, theirs never are.
   */
  record Village() implements Crowd {
    static final int HOT = 3;
    static final int CITIZENS = 60;
    private static final int FIRST = 2001;
    private static final int LAST = 2024;
    private static final int FIRST_BUSY = 2021;

    @Override
    public String citizen(long run, RandomGenerator random) {
      int lot = random.nextInt(100);
      if (lot < 30) {
        return number(run, random.nextInt(HOT));
      }
      return lot < 75
          ? number(run, random.nextInt(HOT, CITIZENS))
          : number(run, random.nextInt(CITIZENS, Country.CITIZENS));
    }

    @Override
    public int year(RandomGenerator random) {
      return random.nextInt(random.nextBoolean() ? FIRST_BUSY : FIRST, LAST + 1);
    }
  }

  /** Eleven digits, spread over all numbers there are, and others in every run. */
  private static String number(long run, int index) {
    return "%011d".formatted(Math.floorMod(mix(mix(run) + index), 100_000_000_000L));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom numbers). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
