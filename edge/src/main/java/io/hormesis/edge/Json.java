package io.hormesis.edge;

import java.util.List;
import java.util.Map;

/**
 * A JSON value as it came: numbers keep their text, so that a wrong one can be shown and a whole
 * one never passes through a floating-point number.
 */
sealed interface Json {

  record Members(Map<String, Json> members) implements Json {}

  record Elements(List<Json> elements) implements Json {}

  record Text(String value) implements Json {}

  record Figure(String text) implements Json {}

  record Truth(boolean value) implements Json {}

  record Nothing() implements Json {}

  /** The value as an error shows it: short, and with the kind of it. */
  default String shown() {
    return switch (this) {
      case Members _ -> "an object";
      case Elements _ -> "an array";
      case Text text -> "the text \"%s\"".formatted(Shown.of(text.value()));
      case Figure number -> Shown.of(number.text());
      case Truth truth -> String.valueOf(truth.value());
      case Nothing _ -> "null";
    };
  }
}
