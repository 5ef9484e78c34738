package io.hormesis.simulation.group;

import static java.util.stream.Collectors.joining;

import io.hormesis.simulation.SeedRuns;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs many seeds, as many at a time as there are processors; each world keeps to its thread. */
record GroupSeeds(List<RunReport> reports) {

  static GroupSeeds run(long first, int count, GroupProfile profile) throws InterruptedException {
    return new GroupSeeds(
        SeedRuns.onAllProcessors(seed -> GroupSimulation.run(seed, profile)).reports(first, count));
  }

  List<RunReport> violated() {
    return reports.stream().filter(report -> !report.violations().isEmpty()).toList();
  }

  List<Long> hashes() {
    return reports.stream().map(RunReport::hash).toList();
  }

  /** What went wrong, with the command that shows it again. */
  String failures(String profile) {
    StringBuilder text = new StringBuilder();
    for (RunReport report : violated().stream().limit(5).toList()) {
      text.append(
          "%nseed %d: %s%nreplay: %s"
              .formatted(
                  report.seed(),
                  report.violations().stream().limit(10).collect(joining("\n  ")),
                  ReplayTest.command(report.seed(), profile)));
    }
    return violated().size() + " of " + reports.size() + " seeds violated" + text;
  }

  /** Totals, for a person. */
  String summary() {
    Map<String, Integer> faults = new TreeMap<>();
    reports.forEach(
        report -> report.faultsMet().forEach((k, n) -> faults.merge(k, n, Integer::sum)));
    RunReport slowest =
        reports.stream().max(Comparator.comparing(RunReport::wholeAfter)).orElseThrow();
    return "%d seeds, %d violated; %d events, %d writes, %d reads, %d forces, %d crashes; slowest recovery %s (seed %d); faults met %s"
        .formatted(
            reports.size(),
            violated().size(),
            reports.stream().mapToLong(RunReport::events).sum(),
            reports.stream().mapToLong(RunReport::writes).sum(),
            reports.stream().mapToLong(RunReport::reads).sum(),
            reports.stream().mapToLong(RunReport::forces).sum(),
            reports.stream().mapToLong(RunReport::crashes).sum(),
            slowest.wholeAfter(),
            slowest.seed(),
            faults);
  }
}
