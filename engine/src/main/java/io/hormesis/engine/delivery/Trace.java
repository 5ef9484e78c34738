package io.hormesis.engine.delivery;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The trace context of a request (W3C Trace Context, version 00): where it stands in its trace.
 *
 * @param high the trace id's first 64 bits
 * @param low the trace id's last 64 bits; not both are 0
 * @param span the span of this request, not 0
 * @param parent the span that this one is a part of; 0 when there is none
 * @param sampled whether somebody asked for it to be recorded
 */
public record Trace(long high, long low, long span, long parent, boolean sampled) {
  /** The digits are those of the version, the trace, the span and the flags. */
  private static final String FORM = "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00";

  private static final HexFormat HEX = HexFormat.of();

  public Trace {
    if ((high == 0 && low == 0) || span == 0) {
      throw new IllegalArgumentException("trace id and span id must not be 0");
    }
  }

  /** Begins a trace of our own. */
  public static Trace begin(RandomGenerator random) {
    return new Trace(nonZero(random), random.nextLong(), nonZero(random), 0, false);
  }

  /** The trace of what has none: the same for the same name. */
  public static Trace named(String name) {
    long seed = 0;
    for (int i = 0; i < name.length(); i++) {
      seed = mixed(seed + name.charAt(i));
    }
    return new Trace(mixed(seed + 1), mixed(seed + 2), mixed(seed + 3), 0, false);
  }

  /** Reads a {@code traceparent} header; empty when it is malformed. */
  public static Optional<Trace> parse(String traceparent) {
    String text = traceparent.strip();
    if (!formed(text)) {
      return Optional.empty();
    }
    long high = HexFormat.fromHexDigitsToLong(text, 3, 19);
    long low = HexFormat.fromHexDigitsToLong(text, 19, 35);
    long span = HexFormat.fromHexDigitsToLong(text, 36, 52);
    boolean sampled = (HexFormat.fromHexDigit(text.charAt(54)) & 1) == 1;
    return (high == 0 && low == 0) || span == 0
        ? Optional.empty()
        : Optional.of(new Trace(high, low, span, 0, sampled));
  }

  /** Asked at every call, so without a regular expression. */
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

  /** The same trace, one hop further: a new span, whose parent is this one. */
  public Trace next(RandomGenerator random) {
    return new Trace(high, low, nonZero(random), span, sampled);
  }

  /** The same trace, in one of this span's numbered parts: the same for the same number. */
  public Trace part(int number) {
    return new Trace(high, low, mixed(span + number + 1), span, sampled);
  }

  /** Whether both are of one trace. */
  public boolean sameTrace(Trace other) {
    return high == other.high && low == other.low;
  }

  /** The trace id: 32 lower-case hexadecimal digits. */
  public String traceId() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** The span id: 16 lower-case hexadecimal digits. */
  public String spanId() {
    return HEX.toHexDigits(span);
  }

  /** The {@code traceparent} header. */
  public String traceparent() {
    return "00-" + traceId() + "-" + spanId() + (sampled ? "-01" : "-00");
  }

  /** Spreads the bits of a number (the finalizer of SplitMix64); never 0. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return mixed == 0 ? 1 : mixed;
  }

  private static long nonZero(RandomGenerator random) {
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }
}
