package io.hormesis.simulation.group;

import io.hormesis.simulation.Dice;
import io.hormesis.simulation.FaultProfile.Planned;
import io.hormesis.simulation.Injector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs the replicated record through one seed and says what it showed. */
public final class GroupSimulation {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** How often all members are compared as a whole, which costs more the more they hold. */
  private static final int COMPARISONS = 12;

  private static final Duration NEWS = Duration.ofSeconds(1);
  private static final Duration POLL_EVERY = Duration.ofMillis(100);

  /** Later than the leader's timeout there and back, no leader would last. */
  private static final Duration LATE_FOR_GOOD = Duration.ofMillis(800);

  private static final Duration LATE_FOR_A_WHILE = Duration.ofMillis(1500);
  private static final Duration SLOW_LEAST = Duration.ofSeconds(4);
  private static final Duration SLOW_MOST = Duration.ofSeconds(10);

  /** One election that was begun while all were slow may have to end first. */
  private static final Duration LED_WITHIN = Duration.ofSeconds(3);

  private final GroupWorld world;
  private final GroupClients citizens;
  private final ConvergenceCheck peace;
  private final Injector injector;
  private final Dice dice;

  private GroupSimulation(long seed, GroupProfile profile, Optional<Consumer<String>> trace) {
    world = new GroupWorld(seed, profile, trace);
    citizens = new GroupClients(world);
    peace = new ConvergenceCheck(world, citizens);
    dice = Dice.of(seed, "witness");
    List<Planned> plan =
        profile
            .faults()
            .draw(Dice.of(seed, "faults"), world.servers(), List.of(), profile.times().faults());
    injector = new Injector(world.time(), world.log(), world, plan);
  }

  /** Runs a seed. */
  public static RunReport run(long seed, GroupProfile profile) {
    return new GroupSimulation(seed, profile, Optional.empty()).run();
  }

  /** Runs a seed and tells each event as a line. */
  public static RunReport traced(long seed, GroupProfile profile, Consumer<String> trace) {
    return new GroupSimulation(seed, profile, Optional.of(trace)).run();
  }

  private RunReport run() {
    long end = world.profile().times().faults().toNanos();
    world.start();
    injector.start();
    citizens.askUntil(end);
    if (world.profile().has(GroupProfile.Trait.ONE_DISK_LOST)) {
      new DiskLoss(world).plan();
    }
    lookUntil(end);
    compareUntil(end);
    world.time().runUntil(end);
    injector.healAll();
    if (world.profile().has(GroupProfile.Trait.ONE_STAYS_DEAD)) {
      world.bury(world.anyServer());
    }
    if (world.profile().has(GroupProfile.Trait.ONE_STAYS_SLOW)) {
      var _ = world.slowDown(dice.pick(world.living()).name(), LATE_FOR_GOOD);
    }
    if (world.profile().has(GroupProfile.Trait.ALL_SLOW_FOR_A_WHILE)) {
      slowForAWhile();
    }
    Duration wholeAfter = awaitPeace(world.time().nanos());
    peace.settle();
    return report(wholeAfter);
  }

  private void slowForAWhile() {
    Runnable quickAgain = world.slowDownAll(LATE_FOR_A_WHILE);
    runFor(dice.between(SLOW_LEAST, SLOW_MOST));
    quickAgain.run();
    long limit = world.time().nanos() + LED_WITHIN.toNanos();
    while (world.time().nanos() < limit && !peace.led()) {
      runFor(POLL_EVERY);
    }
    if (!peace.led()) {
      world
          .books()
          .violated("a group has no leader %s after all were quick again".formatted(LED_WITHIN));
    }
  }

  private void runFor(Duration time) {
    world.time().runUntil(world.time().nanos() + time.toNanos());
  }

  private void lookUntil(long end) {
    if (world.time().nanos() < end) {
      peace.look(world.anyServer(), "k" + dice.below(world.profile().load().keys()));
      world.time().after(LOOK_EVERY.toNanos(), () -> lookUntil(end));
    }
  }

  private void compareUntil(long end) {
    if (world.time().nanos() < end) {
      peace.compare();
      Duration pause = world.profile().times().faults().dividedBy(COMPARISONS);
      world.time().after(pause.toNanos(), () -> compareUntil(end));
    }
  }

  /** Waits until the world is whole, writes once more, and waits again. */
  private Duration awaitPeace(long end) {
    long limit = end + world.profile().times().wholeWithin().toNanos();
    awaitWhole(limit);
    citizens.writeOnceMore("k0");
    // Statuses, and what followers know of a commit, may be some heartbeats old.
    runFor(NEWS);
    awaitWhole(limit);
    List<String> missing = peace.missing();
    if (!missing.isEmpty()) {
      world
          .books()
          .violated(
              "not whole %s after the last fault: missing: %s"
                  .formatted(world.profile().times().wholeWithin(), String.join("; ", missing)));
    }
    return Duration.ofNanos(world.time().nanos() - end);
  }

  private void awaitWhole(long limit) {
    while (world.time().nanos() < limit && !peace.missing().isEmpty()) {
      runFor(POLL_EVERY);
    }
  }

  private RunReport report(Duration wholeAfter) {
    long forces = world.servers().stream().mapToLong(server -> world.disk(server).forces()).sum();
    Map<String, Integer> faultsMet = new TreeMap<>(injector.metByKind());
    world.wiped().ifPresent(_ -> faultsMet.put("DiskLost", 1));
    return new RunReport(
        world.seed(),
        world.log().hash(),
        world.time().events(),
        faultsMet,
        world.books().writesAnswered(),
        world.books().reads(),
        forces,
        world.crashes(),
        wholeAfter,
        world.books().violations());
  }
}
