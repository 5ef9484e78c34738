package io.hormesis.edge;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;

/** Values that stand in a path or a query, where everything is text, there and back. */
final class Values {
  private static final Set<String> TRUTHS = Set.of("true", "false");

  private Values() {}

  /** The value of a path segment or query parameter. */
  static Object ofText(String name, Type type, String text) {
    return switch (type) {
      case ParameterizedType optional when optional.getRawType() == Optional.class ->
          Optional.of(ofText(name, optional.getActualTypeArguments()[0], text));
      case Class<?> record when record.isRecord() && Shape.of(record).components().size() == 1 ->
          wrapped(name, Shape.of(record), text);
      default -> read(name, type, json(type, text));
    };
  }

  /** A number or a truth as it is, anything else as a JSON text. */
  private static String json(Type type, String text) {
    boolean plain =
        type instanceof Class<?> it
            && switch (Leaf.of(it).map(Leaf::kind).orElse(Leaf.Kind.TEXT)) {
              case WHOLE, NUMBER -> isNumber(text);
              case TRUTH -> TRUTHS.contains(text);
              case TEXT -> false;
            };
    return plain ? text : JsonText.of(text);
  }

  private static Object read(String name, Type type, String json) {
    try (JsonParser in = PlainJson.MAPPER.createParser(json)) {
      in.nextToken();
      return PlainJson.read(name, type, PlainJson.reader(type), in);
    }
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

  private static Object wrapped(String name, Shape shape, String text) {
    try {
      return shape.make(List.of(ofText(name, shape.components().getFirst().type(), text)));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Problem.wrongField(name, String.valueOf(e.getMessage())));
    }
  }

  private static boolean isNumber(String text) {
    return text.length() <= PlainJson.NUMBER
        && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,5})?");
  }
}
