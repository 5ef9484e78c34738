package io.hormesis.cli;

import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers as people write them: {@code 300}. */
final class WholeNumbers {
  private WholeNumbers() {}

  /** Reads one that an {@code int} can hold. */
  static int small(String text) {
    long number = read(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return Math.toIntExact(number);
  }

  /** Reads one that a {@code long} can hold. */
  static long large(String text) {
    return read(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long read(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Refused below, as one out of bounds is.
    }
    throw new TypeConversionException(
        "a number must be whole and from %d to %d, but was \"%s\": write for example 100"
            .formatted(least, most, text));
  }
}
