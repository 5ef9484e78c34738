package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.simulation.Origin;
import io.hormesis.trial.TrialCall;
import java.time.Duration;
import java.util.Optional;

/**
 * The load goes on for a little when the faults have ended and the system is whole: a system that
 * only remembers what it was told before has not come back. Writes are among these calls, and each
 * of them must be answered, really.
 */
final class QuiescenceCheck {
  private static final int CALLS = 10;

  /** A server that began last may ask one that is out for good, as it has not missed it yet. */
  private static final Duration HEARD_OF_ALL = Duration.ofSeconds(2);

  private final SystemWorld world;
  private final Callers callers;

  QuiescenceCheck(SystemWorld world, Callers callers) {
    this.world = world;
    this.callers = callers;
  }

  /** Makes its calls all at once, and waits for their ends; none when there are no callers. */
  void play() {
    if (calls() > 0) {
      world.runUntil(() -> false, HEARD_OF_ALL);
    }
    for (int number = 1; number <= calls(); number++) {
      callers.call("after-" + number, this::judge);
    }
    world.runUntil(() -> callers.underWay() == 0, Callers.DEADLINE.plus(Duration.ofSeconds(1)));
  }

  /** A replay subset that names requests has no others. */
  private int calls() {
    SystemPlan plan = world.plan();
    return plan.perSecond() > 0 && plan.subset().requests().isEmpty() ? CALLS : 0;
  }

  private void judge(TrialCall call, Optional<EdgeReply> reply) {
    if (reply.filter(EdgeReply::isReal).isEmpty()) {
      world.violated(
          "once more",
          "%s %s must get a real reply from a system that is whole, but got %s"
              .formatted(
                  call.request().method(),
                  call.request().path(),
                  reply.map(QuiescenceCheck::text).orElse("none")));
    } else {
      understand(call, reply.get());
    }
  }

  /** A load that fails at replies notes no write, so nothing would be looked for. */
  private void understand(TrialCall call, EdgeReply reply) {
    try {
      var _ = world.plan().workload().meaning(call, reply);
    } catch (RuntimeException failure) {
      world.violated(
          "load",
          "load must say what a reply to %s %s means, but failed: %s"
              .formatted(call.request().method(), call.request().path(), Origin.of(failure)));
    }
  }

  private static String text(EdgeReply reply) {
    return reply.isDefault()
        ? "a default reply"
        : "status %d: %s".formatted(reply.status(), reply.body());
  }
}
