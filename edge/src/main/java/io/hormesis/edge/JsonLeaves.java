package io.hormesis.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The values that hold no others: texts, numbers, truths, times and enums. */
final class JsonLeaves {
  private static final List<Class<?>> WHOLE =
      List.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          short.class,
          Short.class,
          byte.class,
          Byte.class,
          BigInteger.class);
  private static final List<Class<?>> BROKEN =
      List.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);

  private JsonLeaves() {}

  static boolean isNumeric(Class<?> type) {
    return WHOLE.contains(type) || BROKEN.contains(type);
  }

  static boolean isTruth(Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  /** What a value of a type looks like, for an error's text. */
  static String expected(Type type) {
    return switch (type) {
      case ParameterizedType it when it.getRawType() == Optional.class ->
          expected(it.getActualTypeArguments()[0]);
      case ParameterizedType it when it.getRawType() == List.class -> "an array";
      case Class<?> it when WHOLE.contains(it) -> "a whole number";
      case Class<?> it when BROKEN.contains(it) -> "a number";
      case Class<?> it when isTruth(it) -> "true or false";
      case Class<?> it when it == Instant.class -> "a time such as 2026-01-31T12:00:00Z";
      case Class<?> it when it == LocalDate.class -> "a day such as 2026-01-31";
      case Class<?> it when it == Duration.class -> "a duration such as PT1.5S";
      case Class<?> it when it.isEnum() -> "one of " + constants(it);
      case Class<?> it when it == String.class -> "a text";
      case Class<?> it when isLetter(it) -> "a text of one character";
      default -> "an object";
    };
  }

  static Object of(String field, Class<?> type, Json json) {
    if (WHOLE.contains(type)) {
      return whole(field, type, json);
    }
    if (BROKEN.contains(type)) {
      return broken(field, type, json);
    }
    if (isTruth(type)) {
      if (json instanceof Json.Truth(boolean value)) {
        return value;
      }
      throw wrongKind(field, type, json);
    }
    if (!(json instanceof Json.Text(String text))) {
      throw wrongKind(field, type, json);
    }
    return type == String.class ? text : fromText(field, type, text);
  }

  private static Object whole(String field, Class<?> type, Json json) {
    if (!(json instanceof Json.Figure(String text)) || !text.matches("-?[0-9]+")) {
      throw wrongKind(field, type, json);
    }
    BigInteger value = new BigInteger(text);
    int bits =
        switch (type.getSimpleName()) {
          case "long", "Long" -> 63;
          case "int", "Integer" -> 31;
          case "short", "Short" -> 15;
          case "byte", "Byte" -> 7;
          default -> Integer.MAX_VALUE;
        };
    if (value.bitLength() > bits) {
      BigInteger beyond = BigInteger.ONE.shiftLeft(bits);
      throw wrong(
          field,
          "field \"%s\" must be a whole number from %s to %s, but was %s: send one of these"
              .formatted(field, beyond.negate(), beyond.subtract(BigInteger.ONE), json.shown()));
    }
    return switch (bits) {
      case 63 -> value.longValue();
      case 31 -> value.intValue();
      case 15 -> value.shortValue();
      case 7 -> value.byteValue();
      default -> value;
    };
  }

  private static Object broken(String field, Class<?> type, Json json) {
    if (!(json instanceof Json.Figure(String text))) {
      throw wrongKind(field, type, json);
    }
    if (type == BigDecimal.class) {
      return decimal(field, type, json, text);
    }
    boolean single = type == float.class || type == Float.class;
    double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw wrongKind(field, type, json);
    }
    return single ? (Object) (float) value : (Object) value;
  }

  private static BigDecimal decimal(String field, Class<?> type, Json json, String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      if (Math.abs((long) value.scale()) <= 1000) {
        return value;
      }
    } catch (NumberFormatException e) {
      // an exponent beyond what BigDecimal can hold is as wrong as one beyond our limit
    }
    throw wrongKind(field, type, json);
  }

  private static Object fromText(String field, Class<?> type, String text) {
    try {
      return parsed(type, text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrongKind(field, type, new Json.Text(text));
    }
  }

  private static Object parsed(Class<?> type, String text) {
    if (type == Instant.class) {
      return Instant.parse(text);
    }
    if (type == LocalDate.class) {
      return LocalDate.parse(text);
    }
    if (isLetter(type)) {
      return letter(text);
    }
    return type == Duration.class ? Duration.parse(text) : constant(type, text);
  }

  private static boolean isLetter(Class<?> type) {
    return type == char.class || type == Character.class;
  }

  private static char letter(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> ((Enum<?>) it).name().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String constants(Class<?> type) {
    return String.join(
        ", ", Arrays.stream(type.getEnumConstants()).map(it -> ((Enum<?>) it).name()).toList());
  }

  static Refusal wrongKind(String field, Type type, Json json) {
    return wrong(
        field,
        "field \"%s\" must be %s, but was %s: send %s"
            .formatted(field, expected(type), json.shown(), expected(type)));
  }

  static Refusal wrong(String field, String detail) {
    return new Refusal(Problem.wrongField(field, detail));
  }
}
