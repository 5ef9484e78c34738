package io.hormesis.edge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads a value that holds no others, strictly: a text is no number, a number with a fraction or an
 * exponent is not whole, what does not fit is refused. Numbers without a size of their own are
 * bounded, so that no sum of them outgrows what a state may hold.
 */
final class Leaf extends StdDeserializer<Object> {
  private static final int DIGITS = 40;
  private static final Map<Class<?>, Leaf> LEAVES =
      Map.ofEntries(
          Map.entry(byte.class, whole(7, BigInteger::byteValue)),
          Map.entry(short.class, whole(15, BigInteger::shortValue)),
          Map.entry(int.class, whole(31, BigInteger::intValue)),
          Map.entry(long.class, whole(63, BigInteger::longValue)),
          Map.entry(BigInteger.class, new Leaf(Kind.WHOLE, "a whole number", Leaf::big)),
          Map.entry(
              float.class, new Leaf(Kind.NUMBER, "a number", it -> finite(Float.valueOf(it)))),
          Map.entry(
              double.class, new Leaf(Kind.NUMBER, "a number", it -> finite(Double.valueOf(it)))),
          Map.entry(BigDecimal.class, new Leaf(Kind.NUMBER, "a number", Leaf::decimal)),
          Map.entry(boolean.class, new Leaf(Kind.TRUTH, "true or false", Boolean::valueOf)),
          Map.entry(String.class, new Leaf(Kind.TEXT, "a text", PlainJson::wellFormed)),
          Map.entry(char.class, new Leaf(Kind.TEXT, "a text of one character", Leaf::letter)),
          Map.entry(
              Instant.class,
              new Leaf(Kind.TEXT, "a time such as 2026-01-31T12:00:00Z", Instant::parse)),
          Map.entry(
              LocalDate.class, new Leaf(Kind.TEXT, "a day such as 2026-01-31", LocalDate::parse)),
          Map.entry(
              Duration.class, new Leaf(Kind.TEXT, "a duration such as PT1.5S", Duration::parse)));

  private final Kind kind;
  private final String expected;
  private final Function<String, Object> parse;

  /** How a value is written in JSON. */
  enum Kind {
    WHOLE,
    NUMBER,
    TRUTH,
    TEXT
  }

  private Leaf(Kind kind, String expected, Function<String, Object> parse) {
    super(Object.class);
    this.kind = kind;
    this.expected = expected;
    this.parse = parse;
  }

  /** How values of a type are read; empty when they may hold others. */
  static Optional<Leaf> of(Class<?> type) {
    return type.isEnum()
        ? Optional.of(constant(type))
        : Optional.ofNullable(LEAVES.get(PlainJson.primitive(type)));
  }

  Kind kind() {
    return kind;
  }

  /** What a value looks like, for an error's text. */
  String expected() {
    return expected;
  }

  @Override
  public Object deserialize(JsonParser in, DeserializationContext context) {
    JsonToken token = in.currentToken();
    boolean fits =
        switch (kind) {
          case WHOLE -> token == JsonToken.VALUE_NUMBER_INT;
          case NUMBER -> token.isNumeric();
          case TRUTH -> token.isBoolean();
          case TEXT -> token == JsonToken.VALUE_STRING;
        };
    String shown = PlainJson.shown(in);
    if (fits) {
      try {
        return parse.apply(in.getString());
      } catch (OutOfRangeException e) {
        throw wrong(in, "%s, but was %s: send one of these".formatted(e.getMessage(), shown));
      } catch (IllegalArgumentException | DateTimeException e) {
        // told below, like what is of another kind
      }
    }
    throw wrong(in, "%s, but was %s: send %s".formatted(expected, shown, expected));
  }

  private static MismatchedInputException wrong(JsonParser in, String rule) {
    return new PlainJson.WrongValue(in, "must be " + rule);
  }

  private static Leaf whole(int bits, Function<BigInteger, Object> narrow) {
    BigInteger beyond = BigInteger.ONE.shiftLeft(bits);
    String range =
        "a whole number from %s to %s".formatted(beyond.negate(), beyond.subtract(BigInteger.ONE));
    return new Leaf(
        Kind.WHOLE,
        "a whole number",
        text -> {
          BigInteger value = new BigInteger(text);
          if (value.bitLength() > bits) {
            throw new OutOfRangeException(range);
          }
          return narrow.apply(value);
        });
  }

  private static Object big(String text) {
    BigInteger value = new BigInteger(text);
    if (value.abs().compareTo(BigInteger.TEN.pow(DIGITS)) >= 0) {
      throw new OutOfRangeException("a whole number of at most %d digits".formatted(DIGITS));
    }
    return value;
  }

  private static Object decimal(String text) {
    BigDecimal value = new BigDecimal(text);
    long before = (long) value.precision() - value.scale();
    if (before > DIGITS || value.scale() > DIGITS) {
      throw new OutOfRangeException(
          "a number of at most %d digits before and after its point".formatted(DIGITS));
    }
    return value;
  }

  private static Object finite(Number value) {
    if (!Double.isFinite(value.doubleValue())) {
      throw new IllegalArgumentException("beyond all floating-point numbers");
    }
    return value;
  }

  private static Object letter(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Leaf constant(Class<?> type) {
    Map<String, Object> byName = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants()).forEach(it -> byName.put(((Enum<?>) it).name(), it));
    return new Leaf(
        Kind.TEXT,
        "one of " + String.join(", ", byName.keySet()),
        text ->
            Optional.ofNullable(byName.get(text))
                .orElseThrow(() -> new IllegalArgumentException(text)));
  }

  /** A number that its type cannot hold; the message is the rule. */
  private static final class OutOfRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfRangeException(String rule) {
      super(rule, null, false, false);
    }
  }
}
