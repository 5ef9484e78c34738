package io.hormesis.cli;

import io.hormesis.trial.LoadPhase;
import io.hormesis.trial.PhaseResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures on real servers the highest load of which 99.9 % are answered by real replies inside the
 * deadline, what a request costs, and what it costs to be asked nothing.
 */
final class CapacityBench {
  private static final int FIRST = 100;
  private static final int MOST = 20_000;
  private static final int USUAL_LOAD = 100;
  private static final Duration CALM = Duration.ofSeconds(2);

  private final Duration step;
  private final Duration within;

  /**
   * A bench.
   *
   * @param step how long each load is sent
   * @param within no further load is tried after this time
   */
  CapacityBench(Duration step, Duration within) {
    this.step = step;
    this.within = within;
  }

  /** Starts a system, measures it and ends it. */
  CapacityReport run() throws IOException, InterruptedException {
    checkTold();
    try (BenchedSystem system = BenchedSystem.start()) {
      system.warmUp(step);
      return measured(system);
    }
  }

  /** Measures a system that is warm. */
  CapacityReport measured(BenchedSystem system) throws IOException, InterruptedException {
    Map<String, ProcessUsage> idle = idle(system);
    BenchCosts atHundred = costs(system, USUAL_LOAD);
    List<PhaseResult> steps = new ArrayList<>();
    CapacitySearch found = search(system, steps);
    BenchCosts atSeventy = costs(system, Math.max(1, found.held() * 7 / 10));
    Map<String, Double> percent = new LinkedHashMap<>();
    idle.forEach((name, usage) -> percent.put(name, percent(usage.cpuNanos() / 1e9)));
    return new CapacityReport(
        found.held(),
        found.failed(),
        Runtime.getRuntime().availableProcessors(),
        steps,
        percent,
        percent(BenchCosts.seconds(BenchCosts.servers(idle))),
        atHundred,
        atSeventy);
  }

  /** Without {@code /proc} there is nothing to tell about processes. */
  static void checkTold() {
    if (!ProcessUsage.isTold()) {
      throw new UsageException(
          "bench capacity and bench overload must have /proc to read CPU times from, but this machine has none: run them on Linux");
    }
  }

  private double percent(double seconds) {
    return 100 * seconds / (step.toMillis() / 1e3);
  }

  private Map<String, ProcessUsage> idle(BenchedSystem system) throws InterruptedException {
    BenchedSystem.say("idle for %s".formatted(Durations.text(step)));
    BenchedSystem.leaveAlone(CALM);
    Map<String, ProcessUsage> before = system.usage();
    BenchedSystem.leaveAlone(step);
    return BenchCosts.between(before, system.usage());
  }

  private BenchCosts costs(BenchedSystem system, int perSecond) throws IOException {
    system.settle();
    Map<String, ProcessUsage> before = system.usage();
    PhaseResult result = system.send("cost", perSecond, step);
    BenchCosts costs = BenchCosts.of(result, BenchCosts.between(before, system.usage()));
    say(result);
    return costs;
  }

  /** A load that fails is given a second chance: the machine may have been busy otherwise. */
  private CapacitySearch search(BenchedSystem system, List<PhaseResult> steps) throws IOException {
    CapacitySearch search = CapacitySearch.from(FIRST, MOST);
    long end = System.nanoTime() + within.toNanos();
    while (!search.done() && System.nanoTime() < end) {
      int load = search.next();
      boolean held = step(system, load, steps);
      if (!held) {
        held = step(system, load, steps);
      }
      search = search.tried(load, held);
    }
    return search;
  }

  private boolean step(BenchedSystem system, int load, List<PhaseResult> steps) throws IOException {
    LoadPhase phase = system.phase("step", load, step);
    PhaseResult result = system.generator().send(List.of(phase), _ -> {}).getFirst();
    steps.add(result);
    say(result);
    if (!result.held()) {
      system.settle();
    }
    return result.held();
  }

  private static void say(PhaseResult result) {
    BenchedSystem.say(
        String.format(
            Locale.ROOT,
            "%d/s: %d of %d answered, p99 %.0f ms%s",
            result.phase().perSecond(),
            result.good(),
            result.offered(),
            result.p99(),
            result.held() ? "" : ", not held"));
  }
}
