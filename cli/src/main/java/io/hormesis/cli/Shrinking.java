package io.hormesis.cli;

import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.Shrinker;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import io.hormesis.simulation.system.Violation;
import java.time.Duration;
import java.util.function.Function;

/** Runs parts of a violated seed until a small one is found that breaks the same promise. */
final class Shrinking {
  static final int MOST_RUNS = 60;
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final Function<ReplaySubset, SystemReport> run;
  private final String kind;
  private final long end = System.nanoTime() + LONGEST.toNanos();
  private SystemReport smallest;
  private int runs;

  private Shrinking(SystemReport report, Function<ReplaySubset, SystemReport> run) {
    this.run = run;
    this.kind = report.violations().getFirst().kind();
    this.smallest = report;
  }

  /**
   * What shrinking a seed gave.
   *
   * @param subset the small part
   * @param report what it showed
   * @param violation that of the whole seed, among what may be several
   * @param runs how many were needed to find it
   */
  record Shrunk(ReplaySubset subset, SystemReport report, Violation violation, int runs) {}

  /**
   * Shrinks a violated seed, within its limits.
   *
   * @param plan what the whole seed is made of
   * @param run runs a part of the seed
   */
  static Shrunk of(SystemReport report, SystemPlan plan, Function<ReplaySubset, SystemReport> run) {
    Shrinking shrinking = new Shrinking(report, run);
    ReplaySubset found =
        new Shrinker(shrinking::fails)
            .shrink(
                SystemSimulation.faults(report.seed(), plan).size(),
                plan.requests(),
                SystemSimulation.end(plan));
    return new Shrunk(found, shrinking.smallest, shrinking.violation(), shrinking.runs);
  }

  private Violation violation() {
    return smallest.violations().stream()
        .filter(it -> it.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private boolean fails(ReplaySubset part) {
    if (runs == MOST_RUNS || System.nanoTime() >= end) {
      return false;
    }
    runs++;
    SystemReport report = run.apply(part);
    boolean same = report.violates(kind);
    if (same) {
      smallest = report;
    }
    return same;
  }
}
