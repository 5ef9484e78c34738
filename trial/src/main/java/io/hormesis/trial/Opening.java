package io.hormesis.trial;

import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** What comes before the load: the system must be whole, and the client warm. */
record Opening(TrialPlan plan) {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int WARM_UP = 100;

  /** Waits until the system is fully redundant. */
  void awaitSteady() throws NotSteady, InterruptedException {
    long start = System.nanoTime();
    Duration patience = plan.patience().steady();
    String missing = "no server answers";
    while (System.nanoTime() - start < patience.toNanos()) {
      Optional<SystemStatus> status = plan.target().status().status();
      Optional<String> lack = status.flatMap(Redundancy::missing);
      if (status.isPresent() && lack.isEmpty()) {
        return;
      }
      missing = lack.orElse("no server answers");
      Thread.sleep(TICK);
    }
    throw new NotSteady(missing, patience);
  }

  /** Reads a little, uncounted, so that the client's own start does not count as slowness. */
  void warmUp() throws InterruptedException {
    var arrivals = new Arrivals(1, ~plan.load().seed());
    for (int i = 0; i < WARM_UP; i++) {
      Call call =
          plan.workload().draw(plan.load().run(), arrivals.randomOf(i), _ -> Optional.empty());
      if (call instanceof Call.Read read) {
        await(read);
      }
    }
  }

  private void await(Call.Read read) throws InterruptedException {
    try {
      plan.target().doors().request(read.request(), plan.patience().deadline()).get();
    } catch (ExecutionException _) {
      // A system that does not answer shows in the load itself.
    }
  }
}
