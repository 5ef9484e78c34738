package io.hormesis.cli;

import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.SystemReport;
import java.util.Optional;

/**
 * What a seed showed. One that broke a promise was run once more, for a violation is worth a look
 * only when the seed shows it again.
 *
 * @param otherWay what the seed showed then, if that was something else
 */
record SeedRun(SystemReport report, Optional<SystemReport> otherWay) {

  /** Runs a whole seed. */
  static SeedRun of(long seed, FreshRuns runs) {
    return of(runs.run(seed, ReplaySubset.WHOLE), runs, ReplaySubset.WHOLE);
  }

  /** Takes what a part of a seed showed. */
  static SeedRun of(SystemReport report, FreshRuns runs, ReplaySubset part) {
    return new SeedRun(
        report,
        report.violations().isEmpty()
            ? Optional.empty()
            : Optional.of(runs.run(report.seed(), part)).filter(it -> it.hash() != report.hash()));
  }
}
