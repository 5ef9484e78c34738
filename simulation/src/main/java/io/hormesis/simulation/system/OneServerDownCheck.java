package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.simulation.Dice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last act of a run: a system that is whole loses one server for good. Soon all others have
 * routed around it, so whatever is asked then, writes too, is answered, really and at once. It
 * judges, so it is played whatever a replay subset leaves out.
 */
final class OneServerDownCheck {
  private static final Duration ROUTED_AROUND = Duration.ofSeconds(4);

  /** Less than the time after which a second instance is tried: the first one must be alive. */
  private static final Duration AT_ONCE = Duration.ofMillis(400);

  private static final int CALLS = 60;

  private final SystemWorld world;
  private final Callers callers;
  private final Dice dice;

  OneServerDownCheck(SystemWorld world, Callers callers) {
    this.world = world;
    this.callers = callers;
    dice = Dice.of(world.seed(), "one down");
  }

  /** Takes one of some servers away, and calls. */
  void play(List<String> dispensable) {
    if (world.plan().perSecond() == 0) {
      return;
    }
    String server = dice.pick(dispensable);
    if (world.isUp(server)) {
      world.crash(server, false, Duration.ofDays(1));
    }
    world.runUntil(() -> false, ROUTED_AROUND);
    for (int number = 1; number <= CALLS; number++) {
      String key = "%x-down-%d".formatted(world.seed(), number);
      call(callers.drawn(dice).keyed(key), server);
    }
  }

  private void call(EdgeRequest request, String without) {
    long begun = world.time().nanos();
    List<Optional<EdgeReply>> heard = new ArrayList<>();
    callers.ask(request, heard::add);
    world.runUntil(() -> !heard.isEmpty(), Callers.DEADLINE.plusSeconds(1));
    Duration took = Duration.ofNanos(world.time().nanos() - begun);
    Optional<EdgeReply> reply = heard.isEmpty() ? Optional.empty() : heard.getFirst();
    String what = reply.map(OneServerDownCheck::text).orElse("nothing");
    if (!what.isEmpty() || took.compareTo(AT_ONCE) > 0) {
      world.violated(
          "one down",
          "%s %s must get a real reply within %d ms some time after the end of %s, but got %s in %d ms"
              .formatted(
                  request.method(),
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
}
