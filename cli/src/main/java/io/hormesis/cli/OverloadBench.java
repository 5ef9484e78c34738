package io.hormesis.cli;

import io.hormesis.trial.LoadPhase;
import io.hormesis.trial.PhaseResult;
import io.hormesis.trial.ReadBackResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Offers real servers several times what they can do, and measures what they still do, what they
 * refuse, and how soon they are whole again.
 */
final class OverloadBench {
  private static final List<Double> FACTORS = List.of(1.5, 3.0, 10.0);
  private static final int MOST_PER_SECOND = 100_000;
  private static final int LEAST_REFUSED = 1_000;
  private static final int READ_BACK = 2_000;

  private final Optional<Integer> capacity;
  private final Duration time;
  private final Duration step;
  private final Duration within;

  /**
   * A bench.
   *
   * @param capacity what the system can do; empty: is measured first
   * @param time how long each surge lasts, and how long is watched after it
   * @param step how long each load is sent while the capacity is looked for
   * @param within as with {@link CapacityBench}
   */
  OverloadBench(Optional<Integer> capacity, Duration time, Duration step, Duration within) {
    this.capacity = capacity;
    this.time = time;
    this.step = step;
    this.within = within;
  }

  /** Starts a system, measures it and ends it. */
  OverloadReport run() throws IOException, InterruptedException {
    CapacityBench.checkTold();
    try (BenchedSystem system = BenchedSystem.start()) {
      system.warmUp(step);
      int able =
          capacity.isPresent()
              ? capacity.get()
              : new CapacityBench(step, within).measured(system).capacity();
      if (able == 0) {
        throw new UsageException(
            "a capacity must be found, but not even one request/s was answered by 99.9 %: end what else this machine does, or give --capacity N");
      }
      return surges(system, able);
    }
  }

  private OverloadReport surges(BenchedSystem system, int able)
      throws IOException, InterruptedException {
    int calm = Math.max(1, able * 7 / 10);
    system.settle();
    Map<String, ProcessUsage> before = system.usage();
    PhaseResult usual = system.send("usual", calm, step);
    double millis = BenchCosts.of(usual, BenchCosts.between(before, system.usage())).serverMillis();
    List<OverloadReport.Surge> surges = new ArrayList<>();
    for (double factor : FACTORS) {
      system.settle();
      surges.add(surge(system, able, factor, millis));
    }
    system.settle();
    BenchedSystem.say("reading back what was acknowledged");
    ReadBackResult readBack = system.generator().readBack(READ_BACK);
    return new OverloadReport(able, surges, readBack);
  }

  private OverloadReport.Surge surge(
      BenchedSystem system, int able, double factor, double millisEach)
      throws IOException, InterruptedException {
    int offered = (int) Math.min(MOST_PER_SECOND, Math.max(1, able * factor));
    BenchedSystem.say(
        String.format(
            Locale.ROOT, "%d/s for %s, %.1f times as much", offered, Durations.text(time), factor));
    LoadPhase over = system.phase("surge", offered, time);
    LoadPhase after = system.phase("after", Math.max(1, able * 7 / 10), time);
    List<Map<String, ProcessUsage>> looks = new ArrayList<>();
    try (LeaderWatch leaders = LeaderWatch.start(system)) {
      List<PhaseResult> results =
          system.generator().send(List.of(over, after), _ -> looks.add(system.usage()));
      double cpu =
          BenchCosts.seconds(
              BenchCosts.servers(BenchCosts.between(looks.getFirst(), looks.getLast())));
      return surge(factor, able, results, leaders.changes(), cpu, millisEach);
    }
  }

  private OverloadReport.Surge surge(
      double factor,
      int able,
      List<PhaseResult> results,
      int leadersLost,
      double serverCpu,
      double millisEach) {
    PhaseResult surge = results.getFirst();
    double seconds = surge.phase().millis() / 1e3;
    double offered = Math.max(1, surge.offered());
    OptionalLong again = results.getLast().answeredAgain();
    double refusals = serverCpu - surge.good() * millisEach / 1e3;
    return new OverloadReport.Surge(
        factor,
        surge,
        results.getLast(),
        surge.goodput(),
        surge.goodput() / able,
        100 * surge.refusedAtOnce() / offered,
        100 * (offered - surge.good() - surge.refusedAtOnce()) / offered,
        again,
        leadersLost,
        serverCpu / seconds,
        surge.generatorCpuSeconds() / seconds,
        surge.refusedAtOnce() < LEAST_REFUSED
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.max(0, refusals) * 1e6 / surge.refusedAtOnce()));
  }
}
