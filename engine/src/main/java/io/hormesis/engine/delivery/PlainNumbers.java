package io.hormesis.engine.delivery;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The refusal of numbers beyond the limits, the same whether they are written or read. */
final class PlainNumbers {
  private PlainNumbers() {}

  static void check(BigInteger number) {
    if (!PlainLimits.allow(number)) {
      throw new PlainRefusal(
          "must be a number of at most %d digits, but has about %d: keep it smaller"
              .formatted(PlainLimits.DIGITS, digits(number)));
    }
  }

  static void check(BigDecimal number) {
    check(number.unscaledValue());
    if (!PlainLimits.allow(number)) {
      throw new PlainRefusal(
          "must be a number with its point moved by at most %d places, but by %d: round it"
              .formatted(PlainLimits.SCALE, number.scale()));
    }
  }

  /** Without the work of making a text of it. */
  private static long digits(BigInteger number) {
    return (long) (number.bitLength() * Math.log10(2)) + 1;
  }
}
