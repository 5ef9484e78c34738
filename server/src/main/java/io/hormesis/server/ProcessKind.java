package io.hormesis.server;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Whether a process keeps state. */
public enum ProcessKind {
  STATELESS,
  STATEFUL;

  /** Its word, for people and programs alike. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a word; of one that only a newer version knows, {@link #STATEFUL}: of such a
   * process nobody takes one instance for as good as another.
   */
  @JsonCreator
  public static ProcessKind of(String word) {
    return Arrays.stream(values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElse(STATEFUL);
  }
}
