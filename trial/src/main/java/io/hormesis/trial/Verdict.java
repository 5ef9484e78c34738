package io.hormesis.trial;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a trial comes to. */
public enum Verdict {
  /** Every promise was kept, and what was to be met was met. */
  HELD(0),
  /** A promise was broken. */
  REJECTED(3),
  /** No promise was seen broken, but too little happened to say that they hold. */
  INCONCLUSIVE(4);

  private final int exitStatus;

  Verdict(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The launcher's exit status. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The word in reports. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
