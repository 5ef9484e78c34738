package io.hormesis.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a caller sent into a value of a declared type, strictly: a text is no number, a number
 * with a fraction or an exponent is not whole, what does not fit is refused.
 */
final class Values {
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

  private Values() {}

  /**
   * The value of a JSON field.
   *
   * @param field its name, with the names of those around it
   */
  static Object of(String field, Type type, Json json) {
    return switch (type) {
      case ParameterizedType container -> container(field, container, json);
      case Class<?> record when record.isRecord() -> record(field, record, json);
      case Class<?> leaf -> leaf(field, leaf, json);
      default -> throw new IllegalStateException("no plain data: " + type);
    };
  }

  /** The value of a path segment or query parameter, which is text, whatever its type. */
  static Object ofText(String name, Type type, String text) {
    return switch (type) {
      case ParameterizedType optional when optional.getRawType() == Optional.class ->
          Optional.of(ofText(name, optional.getActualTypeArguments()[0], text));
      case Class<?> number when WHOLE.contains(number) || BROKEN.contains(number) ->
          leaf(name, number, isNumber(text) ? new Json.Figure(text) : new Json.Text(text));
      case Class<?> truth when truth == boolean.class || truth == Boolean.class ->
          leaf(name, truth, asTruth(text));
      case Class<?> record when record.isRecord() && Shape.of(record).components().size() == 1 ->
          wrapped(name, Shape.of(record), text);
      default -> of(name, type, new Json.Text(text));
    };
  }

  /** The value of a field that is not there. */
  static Object missing(String what, String field, Type type) {
    if (type instanceof ParameterizedType container && container.getRawType() == Optional.class) {
      return Optional.empty();
    }
    throw wrong(field, what + " must be given, but is missing: add it, " + expected(type));
  }

  /** What a value of a type looks like, for an error's text. */
  static String expected(Type type) {
    return switch (type) {
      case ParameterizedType it when it.getRawType() == Optional.class ->
          expected(it.getActualTypeArguments()[0]);
      case ParameterizedType it when it.getRawType() == List.class -> "an array";
      case Class<?> it when WHOLE.contains(it) -> "a whole number";
      case Class<?> it when BROKEN.contains(it) -> "a number";
      case Class<?> it when it == boolean.class || it == Boolean.class -> "true or false";
      case Class<?> it when it == Instant.class -> "a time such as 2026-01-31T12:00:00Z";
      case Class<?> it when it == LocalDate.class -> "a day such as 2026-01-31";
      case Class<?> it when it == Duration.class -> "a duration such as PT1.5S";
      case Class<?> it when it.isEnum() -> "one of " + constants(it);
      case Class<?> it when it == String.class -> "a text";
      default -> "an object";
    };
  }

  private static Object container(String field, ParameterizedType type, Json json) {
    Type content = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == Optional.class) {
      return json instanceof Json.Nothing
          ? Optional.empty()
          : Optional.of(of(field, content, json));
    }
    return switch (json) {
      case Json.Elements(var elements) when type.getRawType() == List.class ->
          elements(field, content, elements);
      case Json.Members(var members) when type.getRawType() == Map.class ->
          members(field, content, members);
      default -> throw wrongKind(field, type, json);
    };
  }

  private static List<Object> elements(String field, Type content, List<Json> elements) {
    List<Object> values = new ArrayList<>();
    for (Json element : elements) {
      values.add(of("%s[%d]".formatted(field, values.size()), content, element));
    }
    return values;
  }

  private static Map<String, Object> members(
      String field, Type content, Map<String, Json> members) {
    Map<String, Object> values = new LinkedHashMap<>();
    members.forEach((name, it) -> values.put(name, of(field + "." + name, content, it)));
    return values;
  }

  private static Object record(String field, Class<?> type, Json json) {
    if (!(json instanceof Json.Members(var members))) {
      throw wrongKind(field, type, json);
    }
    Shape shape = Shape.of(type);
    Fields.refuseUnknown(field + ".", shape.names(), members.keySet());
    List<Object> values = new ArrayList<>();
    for (Shape.Component component : shape.components()) {
      String name = field + "." + component.name();
      Json member = members.get(component.name());
      values.add(
          member == null
              ? missing("field \"%s\"".formatted(name), name, component.type())
              : of(name, component.type(), member));
    }
    return made(field, shape, values);
  }

  private static Object wrapped(String name, Shape shape, String text) {
    return made(name, shape, List.of(ofText(name, shape.components().getFirst().type(), text)));
  }

  private static Object made(String field, Shape shape, List<Object> values) {
    try {
      return shape.make(values);
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.valueOf(e.getMessage()));
    }
  }

  private static Object leaf(String field, Class<?> type, Json json) {
    if (WHOLE.contains(type)) {
      return whole(field, type, json);
    }
    if (BROKEN.contains(type)) {
      return broken(field, type, json);
    }
    if (type == boolean.class || type == Boolean.class) {
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
    return type == Duration.class ? Duration.parse(text) : constant(type, text);
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

  private static boolean isNumber(String text) {
    return text.length() <= 100
        && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,5})?");
  }

  private static Json asTruth(String text) {
    return switch (text) {
      case "true" -> new Json.Truth(true);
      case "false" -> new Json.Truth(false);
      default -> new Json.Text(text);
    };
  }

  private static Refusal wrongKind(String field, Type type, Json json) {
    return wrong(
        field,
        "field \"%s\" must be %s, but was %s: send %s"
            .formatted(field, expected(type), json.shown(), expected(type)));
  }

  private static Refusal wrong(String field, String detail) {
    return new Refusal(Problem.wrongField(field, detail));
  }
}
