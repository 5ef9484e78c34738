package io.hormesis.cli;

import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers as people write them: {@code 300}. */
final class WholeNumbers {
  private static final Pattern FORM = Pattern.compile("[+-]?[0-9]+");

  private WholeNumbers() {}

  /** Reads one that an {@code int} can hold. */
  static int small(String text) {
    return Math.toIntExact(read(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Reads one that a {@code long} can hold. */
  static long large(String text) {
    return read(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long read(String text, long least, long most) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "a number must be whole, but was \"%s\": write for example 100".formatted(text));
    }
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new TypeConversionException(
          "a number must be from %d to %d, but was \"%s\": write for example 100"
              .formatted(least, most, text));
    }
    return number.longValueExact();
  }
}
