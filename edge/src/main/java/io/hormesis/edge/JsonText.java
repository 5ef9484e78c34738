package io.hormesis.edge;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes plain data as JSON: records with their components' names in the declared order, times and
 * durations in ISO 8601, an empty {@code Optional} as null.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String of(Object value) {
    return written(generator -> write(generator, value));
  }

  /** A record with one member more; any other value as it is. */
  static String of(Object value, String member, String text) {
    if (!(value instanceof Record data) || Shape.of(data.getClass()).has(member)) {
      return of(value);
    }
    return written(generator -> {
      generator.writeStartObject();
      writeMembers(generator, data);
      generator.writeStringProperty(member, text);
      generator.writeEndObject();
    });
  }

  private static String written(Consumer<JsonGenerator> content) {
    var text = new StringWriter(256);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(generator);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) {
    switch (value) {
      case Optional<?> optional when optional.isEmpty() -> generator.writeNull();
      case Optional<?> optional -> write(generator, optional.orElseThrow());
      case Boolean truth -> generator.writeBoolean(truth);
      case Number number -> writeNumber(generator, number);
      case Record data -> {
        generator.writeStartObject();
        writeMembers(generator, data);
        generator.writeEndObject();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((key, member) -> {
          generator.writeName(String.valueOf(key));
          write(generator, member);
        });
        generator.writeEndObject();
      }
      case Iterable<?> elements -> {
        generator.writeStartArray();
        elements.forEach(element -> write(generator, element));
        generator.writeEndArray();
      }
      case Enum<?> constant -> generator.writeString(constant.name());
      case String text -> generator.writeString(text);
      case Character letter -> generator.writeString(letter.toString());
      case Temporal time -> generator.writeString(time.toString());
      case TemporalAmount amount -> generator.writeString(amount.toString());
      default ->
          throw new IllegalArgumentException(
              "value of a reply must be plain data, but was a %s: use records, text, numbers, times, enums, Optional, List or Map"
                  .formatted(value.getClass().getName()));
    }
  }

  private static void writeMembers(JsonGenerator generator, Record data) {
    for (Shape.Component component : Shape.of(data.getClass()).components()) {
      generator.writeName(component.name());
      write(generator, component.valueIn(data));
    }
  }

  /** NaN and the infinities, which JSON lacks, go as text. */
  private static void writeNumber(JsonGenerator generator, Number number) {
    switch (number) {
      case Double it when !Double.isFinite(it) -> generator.writeString(it.toString());
      case Float it when !Float.isFinite(it) -> generator.writeString(it.toString());
      case Double it -> generator.writeNumber(it);
      case Float it -> generator.writeNumber(it);
      case BigDecimal it -> generator.writeNumber(it);
      case BigInteger it -> generator.writeNumber(it);
      default -> generator.writeNumber(number.longValue());
    }
  }
}
