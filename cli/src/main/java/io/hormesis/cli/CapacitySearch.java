package io.hormesis.cli;

/**
 * Looks for the highest load that a system holds: a ladder upwards, each step twice the last, until
 * one is not held; then halves between what was held and what was not. Pure.
 *
 * @param first the load to begin with
 * @param most what is never exceeded
 * @param held the highest load that was held; 0 while there is none
 * @param failed the lowest load that was not; 0 while there is none
 */
record CapacitySearch(int first, int most, int held, int failed) {
  private static final int GRAIN = 10;

  static CapacitySearch from(int first, int most) {
    return new CapacitySearch(first, most, 0, 0);
  }

  /** The next load to try. */
  int next() {
    if (failed == 0) {
      return held == 0 ? first : Math.min(most, held * 2);
    }
    int middle = (held + failed) / 2;
    return Math.max(1, middle - (middle > GRAIN ? middle % GRAIN : 0));
  }

  /** What is known after a load was tried. */
  CapacitySearch tried(int load, boolean wasHeld) {
    return wasHeld
        ? new CapacitySearch(first, most, Math.max(held, load), failed)
        : new CapacitySearch(first, most, held, load);
  }

  /** Whether the two are within a tenth, or nothing more is to be found. */
  boolean done() {
    return held >= most || (failed > 0 && failed - held <= Math.max(GRAIN, held / 10));
  }
}
