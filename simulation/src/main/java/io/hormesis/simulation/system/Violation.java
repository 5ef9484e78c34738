package io.hormesis.simulation.system;

import java.time.Duration;
import java.util.Locale;

/**
 * A promise that was seen broken.
 *
 * @param kind which promise: the same for every violation of it, in whatever run
 * @param at the virtual time at which it was seen
 * @param sentence what was seen, with names and actual values
 */
public record Violation(String kind, Duration at, String sentence) {

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f s: %s", at.toNanos() / 1e9, sentence);
  }
}
