package io.hormesis.cli;

import io.hormesis.server.ApplicationLoader;
import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs of one application's seeds, each with classes of its own: what its statics remember of a run
 * ends with it, so no run sees another.
 */
final class FreshRuns {
  private final ApplicationJars jars;
  private final Function<ApplicationJars, SystemPlan> planned;
  private final SystemPlan plan;

  /**
   * Runs of an application.
   *
   * @param planned makes the plan of a run, with the application as it was loaded for that run
   */
  FreshRuns(ApplicationJars jars, Function<ApplicationJars, SystemPlan> planned) {
    this.jars = jars;
    this.planned = planned;
    this.plan = planned.apply(jars);
  }

  /** The whole plan, to be looked at. */
  SystemPlan plan() {
    return plan;
  }

  /** Runs a part of a seed. */
  SystemReport run(long seed, ReplaySubset part) {
    return fresh(part, it -> SystemSimulation.run(seed, it));
  }

  /** Runs a part of a seed and tells each event as a line. */
  SystemReport traced(long seed, ReplaySubset part, Consumer<String> trace) {
    return fresh(part, it -> SystemSimulation.traced(seed, it, trace));
  }

  private SystemReport fresh(ReplaySubset part, Function<SystemPlan, SystemReport> run) {
    try (ApplicationJars again = jars.again()) {
      return ApplicationLoader.within(
          again.loader(), () -> run.apply(planned.apply(again).only(part)));
    }
  }
}
