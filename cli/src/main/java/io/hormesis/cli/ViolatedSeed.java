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
import java.util.Optional;
import java.util.Set;

/** A seed that broke a promise, as it is told to a person. */
record ViolatedSeed(SystemReport report, ReplayCommand command) {
  private static final String CAUSES =
      "the time of day (Instant.now, System.nanoTime), chance without a seed (Math.random, UUID.randomUUID), the order of a HashMap or HashSet of objects, threads of its own, files and the network; let the request carry such values, or ask a process for them";

  /** What was broken, and how to see it again. */
  void print(PrintWriter out, ReplaySubset part) {
    out.printf("seed %d is violated (hash %016x):%n", report.seed(), report.hash());
    report.violations().forEach(it -> out.printf("  %s%n", it));
    out.printf("  replay it: %s%n", command.of(report.seed(), part));
  }

  /** It went another way when it was run again, so replaying it may show something else. */
  void printOtherWay(PrintWriter out, SystemReport again) {
    out.printf(
        "  the application is not deterministic: run again, the seed %s (hash %016x), so a replay may show something else, and nothing is shrunk%n",
        again.violations().isEmpty() ? "keeps every promise" : "is violated in another way",
        again.hash());
  }

  /** Where it went another way, and what mostly makes it so. */
  void printParting(PrintWriter out, Optional<Parting> parting) {
    parting.ifPresentOrElse(
        it -> {
          out.printf("  two runs of it part after %d lines of their traces:%n", it.alike());
          out.printf("    once:  %s%n", it.once().map(String::strip).orElse("it ended"));
          out.printf("    again: %s%n", it.again().map(String::strip).orElse("it ended"));
        },
        () -> out.printf("  two more runs of it, with a trace, went the same way%n"));
    out.printf("  what mostly makes it so: %s%n", CAUSES);
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
