package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** What comes before the load: the system must be whole, and the client warm. */
record Opening(TrialPlan plan, Books books, Witness witness) {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int WARM_UP_CALLS = 300;

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
      Trial.pause(TICK);
    }
    throw new NotSteady(missing, patience);
  }

  /**
   * Reads and writes a little, one call after the other, so that neither the client's own start nor
   * that of the servers counts as slowness. Not counted, but what is written is in the books.
   */
  void warmUp() throws InterruptedException {
    long end = System.nanoTime() + plan.patience().warmUp().toNanos();
    var arrivals = new Arrivals(1, ~plan.load().seed());
    for (int i = 0; i < WARM_UP_CALLS && System.nanoTime() < end; i++) {
      Call call = plan.workload().draw(plan.load().run(), arrivals.randomOf(i), books);
      String key = "%016x-warm-%d".formatted(plan.load().run(), i);
      witness.rehearsed(key, call);
      await(call.keyed(key)).ifPresent(reply -> witness.heard(key, call, reply));
    }
  }

  private Optional<EdgeReply> await(EdgeRequest request) throws InterruptedException {
    try {
      Duration deadline = plan.patience().deadline();
      return Optional.of(plan.target().doors().request(request, deadline).get());
    } catch (ExecutionException _) {
      return Optional.empty(); // a system that does not answer shows in the load itself
    }
  }
}
