package io.hormesis.engine.delivery;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The limits of plain data, the same for what is written and for what is read: what was written
 * under them can be read, so nothing is acknowledged that nobody can read back.
 */
public final class PlainLimits {
  /** The largest encoded message, reply or state, in bytes. */
  public static final int BYTES = 200 * 1024;

  /** How deep records, lists and maps may lie in each other. */
  public static final int NESTING = 64;

  /** How many names, values, beginnings and ends there may be. */
  public static final int TOKENS = 100_000;

  /** How many digits a {@code BigInteger}, or a {@code BigDecimal} without its point, may have. */
  public static final int DIGITS = 100;

  /** How many places the point of a {@code BigDecimal} may be moved by. */
  public static final int SCALE = 1_000;

  private static final BigInteger BEYOND = BigInteger.TEN.pow(DIGITS);

  private PlainLimits() {}

  /** Whether a number is small enough to be part of a message, a reply or a state. */
  public static boolean allow(BigInteger number) {
    return number.bitLength() < BEYOND.bitLength() || number.abs().compareTo(BEYOND) < 0;
  }

  /** Whether a number is small enough, and its point near enough. */
  public static boolean allow(BigDecimal number) {
    return Math.abs((long) number.scale()) <= SCALE && allow(number.unscaledValue());
  }
}
