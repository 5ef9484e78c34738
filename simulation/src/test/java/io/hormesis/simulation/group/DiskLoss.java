package io.hormesis.simulation.group;

import io.hormesis.simulation.Dice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One server loses its disk in the worst moment: another has been cut off for a while, and when it
 * is back the third is cut off. If the empty one took part under its old name, it and the one that
 * lags would be a majority which knows nothing of what was acknowledged meanwhile.
 */
final class DiskLoss {

  private static final Duration EARLIEST = Duration.ofSeconds(10);
  private static final Duration LATEST = Duration.ofSeconds(40);
  private static final Duration LAG = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration DOWN = Duration.ofMillis(100);
  private static final Duration THIRD_ALONE = Duration.ofSeconds(6);

  private final GroupWorld world;
  private final Dice dice;
  private final String wiped;
  private final String lagging;
  private final String third;

  DiskLoss(GroupWorld world) {
    this.world = world;
    this.dice = Dice.of(world.seed(), "disk loss");
    List<String> order = new ArrayList<>(world.servers());
    wiped = order.remove(dice.below(order.size()));
    lagging = order.remove(dice.below(order.size()));
    third = order.getFirst();
  }

  void plan() {
    world
        .time()
        .at(
            dice.between(EARLIEST, LATEST).toNanos(),
            () -> {
              Runnable back = cutOff(lagging);
              world.time().after(LAG.toNanos(), () -> lose(back));
            });
  }

  private void lose(Runnable laggingBack) {
    if (!world.hasJoined(wiped)) {
      world.time().after(LOOK_AGAIN.toNanos(), () -> lose(laggingBack));
      return;
    }
    laggingBack.run();
    Runnable thirdBack = cutOff(third);
    world.loseDisk(wiped, DOWN);
    world.time().after(THIRD_ALONE.toNanos(), thirdBack);
  }

  /** Cuts a server off from the others; clients still reach it. */
  private Runnable cutOff(String server) {
    List<String> servers = world.servers();
    return world
        .network()
        .cut(
            (from, to) ->
                (from.equals(server) && servers.contains(to))
                    || (to.equals(server) && servers.contains(from)),
            () -> {});
  }
}
