package io.hormesis.cli;

import io.hormesis.simulation.system.ReplaySubset;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where two runs of one seed go different ways.
 *
 * @param alike how many lines of their traces are the same
 * @param once the next line of the first run; empty when it has ended
 * @param again the next line of the second
 */
record Parting(long alike, Optional<String> once, Optional<String> again) {

  /** Runs a seed twice more and compares; empty when no difference was seen this time. */
  static Optional<Parting> of(FreshRuns runs, long seed, ReplaySubset part) {
    KeptTrace first = new KeptTrace();
    var _ = runs.traced(seed, part, first::add);
    Comparison comparison = new Comparison(first.reader());
    var _ = runs.traced(seed, part, comparison);
    return first.full() ? comparison.parting() : comparison.atTheEnd();
  }

  /** Hears the second run and reads the first beside it. */
  private static final class Comparison implements Consumer<String> {
    private final KeptTrace.Reader first;
    private long alike;
    private Optional<Parting> parting = Optional.empty();

    Comparison(KeptTrace.Reader first) {
      this.first = first;
    }

    @Override
    public void accept(String line) {
      if (parting.isPresent()) {
        return;
      }
      Optional<String> before = first.next();
      if (before.equals(Optional.of(line))) {
        alike++;
      } else {
        parting = Optional.of(new Parting(alike, before, Optional.of(line)));
      }
    }

    Optional<Parting> parting() {
      return parting.filter(it -> it.once().isPresent());
    }

    Optional<Parting> atTheEnd() {
      return parting.or(
          () -> first.next().map(it -> new Parting(alike, Optional.of(it), Optional.empty())));
    }
  }
}
