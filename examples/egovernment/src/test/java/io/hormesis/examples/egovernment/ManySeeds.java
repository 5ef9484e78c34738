package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.load.TaxSeason;
import io.hormesis.injection.Fault;
import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Seeds of the whole system, run side by side. */
record ManySeeds(List<SystemReport> reports) {

  /** 60 virtual seconds at 20 requests a second, on six servers, among the usual faults. */
  static final SystemPlan PLAN =
      SystemPlan.of(new EGovernment().application(), new TaxSeason().narrow());

  static ManySeeds run(long first, int count, SystemPlan plan) throws InterruptedException {
    return new ManySeeds(
        SeedRuns.onAllProcessors(seed -> SystemSimulation.run(seed, plan)).reports(first, count));
  }

  List<Long> hashes() {
    return reports.stream().map(SystemReport::hash).toList();
  }

  /**
   * Every promise of every seed was kept, and each seed has met at least five faults of three
   * kinds.
   */
  void keepTheirPromises() {
    System.out.println(summary());
    for (SystemReport report : reports) {
      String which = "./hormesis simulate --seed %d".formatted(report.seed());
      assertThat(report.violations()).as(which).isEmpty();
      assertThat(report.faults()).as(which).isGreaterThanOrEqualTo(5);
      assertThat(report.faultsMet()).as(which).hasSizeGreaterThanOrEqualTo(3);
      assertThat(report.acknowledged()).as(which).isGreaterThan(100);
    }
  }

  /** Together they have met every kind of fault that there is. */
  void meetEveryKindOfFault() {
    assertThat(faultsMet().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Fault.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }

  private Map<String, Integer> faultsMet() {
    Map<String, Integer> faults = new TreeMap<>();
    reports.forEach(it -> it.faultsMet().forEach((k, n) -> faults.merge(k, n, Integer::sum)));
    return faults;
  }

  private String summary() {
    Duration slowest =
        reports.stream()
            .map(SystemReport::wholeAfter)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return "%d seeds: %d requests, %d writes acknowledged, slowest recovery %d ms, faults met %s"
        .formatted(
            reports.size(),
            reports.stream().mapToLong(SystemReport::requests).sum(),
            reports.stream().mapToLong(SystemReport::acknowledged).sum(),
            slowest.toMillis(),
            faultsMet());
  }
}
