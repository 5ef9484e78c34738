package io.hormesis.injection;

import java.time.Duration;

/** What the measures of faults must be. */
final class Measures {
  private static final int MOST_DAYS = 366;

  private Measures() {}

  /** Refuses a time that is none, or longer than anybody waits. */
  static void time(String name, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw new IllegalArgumentException(
          "%s must be more than 0 and at most %d days, but was %s: choose a time between"
              .formatted(name, MOST_DAYS, time));
    }
  }

  /** Refuses a number out of its bounds, which both are within. */
  static void number(String name, int number, int least, int most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, but was %d: choose a number between"
              .formatted(name, least, most, number));
    }
  }

  /** Refuses a change by nothing, which would be no fault. */
  static void change(String name, boolean none) {
    if (none) {
      throw new IllegalArgumentException(
          "%s must change something, but was 0: choose another number, or leave the fault out"
              .formatted(name));
    }
  }
}
