package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.simulation.Dice;
import io.hormesis.trial.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last act of a run: a system that is whole loses one server for good. Soon all others have
 * routed around it, so whatever is read then is answered, really and at once.
 */
final class OneDown {
  private static final Duration ROUTED_AROUND = Duration.ofSeconds(4);

  /** Less than the time after which a second instance is tried: the first one must be alive. */
  private static final Duration AT_ONCE = Duration.ofMillis(400);

  private static final int CALLS = 60;

  private final SystemWorld world;
  private final Callers callers;
  private final Dice dice;

  OneDown(SystemWorld world, Callers callers) {
    this.world = world;
    this.callers = callers;
    dice = Dice.of(world.seed(), "one down");
  }

  /** Takes one of some servers away, and reads. */
  void play(List<String> dispensable) {
    List<EdgeRequest> reads = reads();
    if (reads.isEmpty()) {
      return;
    }
    String server = dice.pick(dispensable);
    if (world.isUp(server)) {
      world.crash(server, false, Duration.ofDays(1));
    }
    world.runUntil(() -> false, ROUTED_AROUND);
    reads.forEach(it -> read(it, server));
  }

  private void read(EdgeRequest request, String without) {
    long begun = world.time().nanos();
    List<Optional<EdgeReply>> heard = new ArrayList<>();
    callers.ask(request, heard::add);
    world.runUntil(() -> !heard.isEmpty(), Callers.DEADLINE.plusSeconds(1));
    Duration took = Duration.ofNanos(world.time().nanos() - begun);
    Optional<EdgeReply> reply = heard.isEmpty() ? Optional.empty() : heard.getFirst();
    String what = reply.map(OneDown::text).orElse("nothing");
    if (!what.isEmpty() || took.compareTo(AT_ONCE) > 0) {
      world.violated(
          "one down",
          "%s must get a real reply within %d ms some time after the end of %s, but got %s in %d ms"
              .formatted(
                  request.path(),
                  AT_ONCE.toMillis(),
                  without,
                  what.isEmpty() ? "it" : what,
                  took.toMillis()));
    }
  }

  /** What is wrong with a reply; empty when it is a real one. */
  private static String text(EdgeReply reply) {
    if (reply.isReal()) {
      return "";
    }
    return reply.isDefault() ? "a default reply" : "status " + reply.status();
  }

  private List<EdgeRequest> reads() {
    List<EdgeRequest> reads = new ArrayList<>();
    for (int call = 0; call < CALLS && world.plan().perSecond() > 0; call++) {
      if (callers.drawn(dice) instanceof Call.Read read) {
        reads.add(read.request());
      }
    }
    return reads;
  }
}
