package io.hormesis.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a caller sent into a value of a declared type, strictly: a text is no number, a number
 * with a fraction or an exponent is not whole, what does not fit is refused.
 */
final class Values {
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
      case Class<?> leaf -> JsonLeaves.of(field, leaf, json);
      default -> throw new IllegalStateException("no plain data: " + type);
    };
  }

  /** The value of a path segment or query parameter, which is text, whatever its type. */
  static Object ofText(String name, Type type, String text) {
    return switch (type) {
      case ParameterizedType optional when optional.getRawType() == Optional.class ->
          Optional.of(ofText(name, optional.getActualTypeArguments()[0], text));
      case Class<?> number when JsonLeaves.isNumeric(number) ->
          JsonLeaves.of(name, number, isNumber(text) ? new Json.Figure(text) : new Json.Text(text));
      case Class<?> truth when JsonLeaves.isTruth(truth) ->
          JsonLeaves.of(name, truth, asTruth(text));
      case Class<?> record when record.isRecord() && Shape.of(record).components().size() == 1 ->
          wrapped(name, Shape.of(record), text);
      default -> of(name, type, new Json.Text(text));
    };
  }

  /**
   * The text that {@link #ofText} turns into a value.
   *
   * @throws IllegalArgumentException when there is none
   */
  static String text(String name, Object value) {
    return switch (value) {
      case Optional<?> optional when optional.isPresent() -> text(name, optional.get());
      case Record record when Shape.of(record.getClass()).components().size() == 1 ->
          text(name, Shape.of(record.getClass()).components().getFirst().valueIn(record));
      case Enum<?> constant -> constant.name();
      case String _, Character _, Number _, Boolean _, Temporal _, TemporalAmount _ ->
          value.toString();
      default ->
          throw new IllegalArgumentException(
              "%s must be one text to stand in a path or query, but was %s: let it come in the body of a command"
                  .formatted(name, Shown.of(value.toString())));
    };
  }

  /** The value of a field that is not there. */
  static Object missing(String what, String field, Type type) {
    if (type instanceof ParameterizedType container && container.getRawType() == Optional.class) {
      return Optional.empty();
    }
    throw JsonLeaves.wrong(
        field, what + " must be given, but is missing: add it, " + JsonLeaves.expected(type));
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
      default -> throw JsonLeaves.wrongKind(field, type, json);
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
      throw JsonLeaves.wrongKind(field, type, json);
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
      throw JsonLeaves.wrong(field, String.valueOf(e.getMessage()));
    }
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
}
