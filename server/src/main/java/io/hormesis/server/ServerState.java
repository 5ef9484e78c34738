package io.hormesis.server;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a server stands. */
public enum ServerState {
  /** Its doors are not open yet, or a group of it has no leader yet. */
  STARTING,
  /** It does all that it is there for. */
  READY,
  /** It serves, but a member on it must stay out of its group. */
  DEGRADED,
  /** It is being emptied, for somebody wants it so. */
  DRAINING,
  /** Nothing was heard of it for too long, and nobody saw it end. */
  SUSPECT,
  /** It has no process. */
  DEAD;

  /** Its word, for people and programs alike. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a word; of one that only a newer version knows, {@link #DEGRADED}. */
  @JsonCreator
  public static ServerState of(String word) {
    return Arrays.stream(values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElse(DEGRADED);
  }
}
