package io.hormesis.engine.delivery;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request stands in its trace (W3C Trace Context, version 00).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether somebody asked for it to be recorded
 */
public record Trace(String traceId, String spanId, boolean sampled) {
  private static final Pattern FORM =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
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
    Matcher matcher = FORM.matcher(traceparent.strip());
    if (!matcher.matches() || zero(matcher.group(1)) || zero(matcher.group(2))) {
      return Optional.empty();
    }
    boolean sampled = (HexFormat.fromHexDigits(matcher.group(3)) & 1) == 1;
    return Optional.of(new Trace(matcher.group(1), matcher.group(2), sampled));
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
    return digits.chars().allMatch(digit -> digit == '0');
  }
}
