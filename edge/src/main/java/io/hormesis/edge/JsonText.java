package io.hormesis.edge;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes plain data as JSON: records with their components' names in the declared order, times and
 * durations in ISO 8601, an empty {@code Optional} as null, NaN and the infinities as texts.
 */
final class JsonText {

  private JsonText() {}

  static String of(Object value) {
    return PlainJson.MAPPER.writeValueAsString(value);
  }

  /** A record with one member more; any other value as it is. */
  static String of(Object value, String member, String text) {
    JsonNode tree = PlainJson.MAPPER.valueToTree(value);
    return value instanceof Record && tree instanceof ObjectNode object && !object.has(member)
        ? PlainJson.MAPPER.writeValueAsString(object.put(member, text))
        : of(value);
  }
}
