package io.hormesis.simulation.record;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Life;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedDisk;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A server of the world: its disk and clock, and at most one life at a time. */
final class RecordServer {

  private final RecordWorld world;
  private final String name;
  private SimulatedDisk disk;
  private final SimulatedClock clock;
  private Life life;
  private Optional<Running> running = Optional.empty();

  RecordServer(RecordWorld world, String name) {
    this.world = world;
    this.name = name;
    disk = emptyDisk(" disk");
    Dice dice = Dice.of(world.seed(), name + " clock");
    clock = new SimulatedClock(world.time(), Duration.ofMillis(dice.between(-2000, 2000)));
    life = new Life(name, 0);
    life.end(0);
  }

  private SimulatedDisk emptyDisk(String dice) {
    return new SimulatedDisk(name, world.time(), Dice.of(world.seed(), name + dice), world.log());
  }

  /** Puts an empty disk in the place of the present one; it must be down. */
  void loseDisk() {
    disk = emptyDisk(" disk after the first");
  }

  SimulatedDisk disk() {
    return disk;
  }

  SimulatedClock clock() {
    return clock;
  }

  /** Its present life; empty when it is down. */
  Optional<Running> running() {
    return running.filter(present -> !present.life().ended());
  }

  boolean isUp() {
    return !life.ended();
  }

  /** Starts a new life on the disk, unless it is up. */
  void start() {
    if (isUp()) {
      return;
    }
    life = new Life(name, life.number() + 1);
    world.log().add(EventLog.Kind.STARTED, name, life.number());
    try {
      running = Optional.of(new Running(world, this, life));
    } catch (ServerDied _) {
      running = Optional.empty();
    } catch (UncheckedIOException _) {
      world.crash(
          name, true, RecordWorld.RESTART); // a force failed: the server gives up and comes again
    } catch (RuntimeException refused) {
      world.books().violated("%s does not start: %s".formatted(name, refused));
      life.end(world.time().nanos());
    }
  }

  /** Ends the present life. */
  void crash(boolean powerLoss) {
    world.log().add(EventLog.Kind.CRASHED, name, powerLoss ? 1 : 0);
    life.end(world.time().nanos());
    running = Optional.empty();
    if (powerLoss) {
      disk.powerLost();
    }
  }
}
