package io.hormesis.cli;

import io.hormesis.injection.FaultText;
import io.hormesis.simulation.FaultProfile.Planned;
import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A seed that broke a promise, as it is told to a person. */
record ViolatedSeed(SystemReport report, ReplayCommand command) {

  /** What was broken, and how to see it again. */
  void print(PrintWriter out, ReplaySubset part) {
    out.printf("seed %d is violated (hash %016x):%n", report.seed(), report.hash());
    report.violations().forEach(it -> out.printf("  %s%n", it));
    out.printf("  replay it: %s%n", command.of(report.seed(), part));
  }

  /** What little of it is enough. */
  void printShrunk(PrintWriter out, Shrinking.Shrunk shrunk, SystemPlan plan) {
    if (shrunk.subset().equals(ReplaySubset.WHOLE)) {
      out.printf("  not shrunk: no smaller part broke the promise in %d runs%n", shrunk.runs());
      return;
    }
    List<Planned> all = SystemSimulation.faults(report.seed(), plan);
    ReplaySubset part = SystemSimulation.happening(report.seed(), plan.only(shrunk.subset()));
    Duration end = SystemSimulation.end(plan);
    out.printf(
        Locale.ROOT,
        "  shrunk in %d runs to %d of %d faults, %d of %d requests, %.0f of %.0f s (hash %016x):%n",
        shrunk.runs(),
        part.faults().map(Set::size).orElse(all.size()),
        all.size(),
        shrunk.report().requests(),
        report.requests(),
        part.until().orElse(end).toMillis() / 1e3,
        end.toMillis() / 1e3,
        shrunk.report().hash());
    for (int number : part.faults().orElseThrow()) {
      Planned fault = all.get(number - 1);
      out.printf(
          Locale.ROOT,
          "    fault %d at %.3f s: %s%n",
          number,
          fault.at().toMillis() / 1e3,
          FaultText.of(fault.fault()));
    }
    out.printf("    %s%n", shrunk.violation());
    out.printf("  replay that: %s%n", command.of(report.seed(), part));
  }
}
