package io.hormesis.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who asks: the principal on whose behalf a request is made, as the platform has proven it. A
 * caller that nobody has authenticated has none.
 *
 * @param name 1 to 128 characters
 * @param proof how the name was proven, such as {@code mtls} or {@code token}
 * @param attributes what else was proven, at most 16
 */
public record Principal(String name, String proof, Map<String, String> attributes) {
  private static final int LONGEST = 128;
  private static final int MOST_ATTRIBUTES = 16;

  public Principal {
    check("name", name);
    check("proof", proof);
    attributes = Map.copyOf(new TreeMap<>(attributes));
    if (attributes.size() > MOST_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "principal %s must have at most %d attributes, but has %d: leave some out"
              .formatted(name, MOST_ATTRIBUTES, attributes.size()));
    }
    attributes.forEach((key, value) -> {
      check("attribute", key);
      check(key, value);
    });
  }

  private static void check(String what, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s of a principal must be 1 to %d characters, but has %d: shorten it"
              .formatted(what, LONGEST, value.length()));
    }
  }
}
