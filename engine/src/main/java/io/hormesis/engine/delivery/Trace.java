package io.hormesis.engine.delivery;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where a request stands in its trace (W3C Trace Context, version 00).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether somebody asked for it to be recorded
 */
public record Trace(String traceId, String spanId, boolean sampled) {
  /** The digits are those of the version, the trace, the span and the flags. */
  private static final String FORM = "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00";

  private static final HexFormat HEX = HexFormat.of();

  /** Begins a trace of our own. */
  public static Trace begin(RandomGenerator random) {
    return new Trace(
        HEX.toHexDigits(nonZero(random)) + HEX.toHexDigits(random.nextLong()),
        HEX.toHexDigits(nonZero(random)),
        false);
  }

  /** Reads a {@code traceparent} header; empty when it is malformed. */
  public static Optional<Trace> parse(String traceparent) {
    String text = traceparent.strip();
    if (!formed(text)) {
      return Optional.empty();
    }
    Trace trace =
        new Trace(
            text.substring(3, 35),
            text.substring(36, 52),
            (HexFormat.fromHexDigit(text.charAt(54)) & 1) == 1);
    return zero(trace.traceId) || zero(trace.spanId) ? Optional.empty() : Optional.of(trace);
  }

  /** Asked at every hop, so without a regular expression. */
  private static boolean formed(String text) {
    if (text.length() != FORM.length() || !text.startsWith("00-")) {
      return false;
    }
    for (int i = 3; i < text.length(); i++) {
      char is = text.charAt(i);
      boolean digit = (is >= '0' && is <= '9') || (is >= 'a' && is <= 'f');
      if (FORM.charAt(i) == '-' ? is != '-' : !digit) {
        return false;
      }
    }
    return true;
  }

  /** The same trace, one hop further. */
  public Trace next(RandomGenerator random) {
    return new Trace(traceId, HEX.toHexDigits(nonZero(random)), sampled);
  }

  /** The {@code traceparent} header. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private static long nonZero(RandomGenerator random) {
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }

  private static boolean zero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
