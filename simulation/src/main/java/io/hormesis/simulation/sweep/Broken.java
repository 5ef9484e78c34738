package io.hormesis.simulation.sweep;

/**
 * Combinations that break a worker in the same way.
 *
 * @param first the first of them
 * @param what it ended with
 * @param combinations how many they are
 */
public record Broken(Combination first, String what, int combinations) {

  /** One more combination of the same kind. */
  Broken again() {
    return new Broken(first, what, combinations + 1);
  }

  @Override
  public String toString() {
    String more = combinations == 1 ? "" : " (and %d more alike)".formatted(combinations - 1);
    return "%s → %s%s".formatted(first, what, more);
  }
}
