package io.hormesis.cli;

import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.ServiceTimes;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.system.Goodput;
import io.hormesis.simulation.system.MetastabilityGate;
import io.hormesis.simulation.system.MetastabilityGate.Passage;
import io.hormesis.simulation.system.SimulatedOverload;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.trial.Load;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Overload in virtual time: searches what a system of simulated servers with declared service times
 * can do, asks for 1.5, 3 and 10 times as much, and sends seeds through the {@link
 * MetastabilityGate} under seven tenths of it. The same numbers give the same figures, on any
 * machine.
 */
final class GateBench {
  private static final double[] TIMES = {1.5, 3, 10};
  private static final double LOAD = 0.7;

  private final SystemPlan plan;
  private final PrintWriter out;

  GateBench(ApplicationJars application, PrintWriter out) {
    Load load = application.workload().orElseThrow();
    this.plan = SystemPlan.of(application.application(), load).taking(ServiceTimes.MEASURED);
    this.out = out;
  }

  /**
   * Measures and prints.
   *
   * @param known the capacity, when overload need not be looked at
   * @return whether every seed kept every promise
   */
  boolean run(Optional<Integer> known, long first, int seeds) throws InterruptedException {
    OwnLog.end();
    int capacity = known.orElseGet(() -> overload(first));
    SystemPlan gated = plan.load((int) (LOAD * capacity), Duration.ofSeconds(1));
    WorldThread.sideBySide(Runtime.getRuntime().availableProcessors());
    int[] broken = {0};
    SeedRuns.<Passage>onAllProcessors(seed -> MetastabilityGate.run(seed, gated))
        .each(
            first,
            seeds,
            passage -> {
              broken[0] += passage.violations().isEmpty() ? 0 : 1;
              out.println(passage);
              out.flush();
            });
    out.printf(
        "%d of %d seeds served as before within %d s of their trigger's end%n",
        seeds - broken[0], seeds, MetastabilityGate.WITHIN.toSeconds());
    out.flush();
    return broken[0] == 0;
  }

  private int overload(long seed) {
    SimulatedOverload system = new SimulatedOverload(seed, plan);
    int capacity = system.capacity();
    out.printf(
        Locale.ROOT,
        "seed %d: 99.9 %% of %d/s are answered in time%n%n%8s  %8s  %8s  %8s  %8s  %8s%n",
        seed,
        capacity,
        "offered",
        "good",
        "share",
        "refused",
        "failed",
        "p99 ms");
    for (double times : TIMES) {
      Goodput.Share share = system.offered((int) (times * capacity));
      out.printf(
          Locale.ROOT,
          "%6d/s  %6.0f/s  %8.2f  %8d  %8d  %8d%n",
          (int) (times * capacity),
          share.perSecond(),
          share.perSecond() / capacity,
          share.refused(),
          share.failed(),
          share.p99().toMillis());
      out.flush();
    }
    out.println();
    return capacity;
  }
}
