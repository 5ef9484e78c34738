package io.hormesis.trial;

import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.Optional;

/** Steady-state gate before any request: the system must be fully redundant. */
record SteadyStateGate(TrialPlan plan) {
  private static final Duration TICK = Duration.ofMillis(100);

  /** Waits until the system is fully redundant. */
  void awaitSteady() throws NotSteady, InterruptedException {
    long start = System.nanoTime();
    Duration patience = plan.patience().steady();
    String missing = "no server answers";
    while (System.nanoTime() - start < patience.toNanos()) {
      Optional<SystemStatus> status = plan.target().status().status();
      Optional<String> unsteadyReason = status.flatMap(Redundancy::missing);
      if (status.isPresent() && unsteadyReason.isEmpty()) {
        return;
      }
      missing = unsteadyReason.orElse("no server answers");
      Trial.pause(TICK);
    }
    throw new NotSteady(missing, patience);
  }
}
