package io.hormesis.server;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a process, or a whole system, serves. */
public enum ServiceState {
  /** Everything that is to serve does. */
  READY,
  /** It serves, with less than is to be there. */
  DEGRADED,
  /** Some or all of it serves nobody. */
  DOWN;

  /** Its word, for people and programs alike. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a word; of one that only a newer version knows, {@link #DEGRADED}. */
  @JsonCreator
  public static ServiceState of(String word) {
    return Arrays.stream(values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElse(DEGRADED);
  }
}
