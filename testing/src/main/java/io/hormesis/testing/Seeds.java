package io.hormesis.testing;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which seeds a test runs with. */
final class Seeds {
  /** Names one seed: a system property, or a line of {@code junit-platform.properties}. */
  static final String PROPERTY = "hormesis.seed";

  private Seeds() {}

  /**
   * The seeds of an annotation, in order; the one of the property instead, when it is given.
   *
   * @param property value of {@link #PROPERTY}
   */
  static LongStream of(Simulated simulated, Optional<String> property) {
    if (property.isPresent()) {
      return LongStream.of(parsed(property.get()));
    }
    if (simulated.seed().length > 0) {
      return Arrays.stream(simulated.seed());
    }
    if (simulated.seeds() < 1) {
      throw new ExtensionConfigurationException(
          "seeds of @Simulated must be 1 or more, but was %d: ask for one"
              .formatted(simulated.seeds()));
    }
    return LongStream.range(0, simulated.seeds()).map(it -> simulated.from() + it);
  }

  private static long parsed(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException _) {
      throw new ExtensionConfigurationException(
          "property %s must be a whole number, but was \"%s\": give the number of the seed to be replayed"
              .formatted(PROPERTY, text));
    }
  }
}
