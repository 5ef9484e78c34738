package io.hormesis.simulation.system;

import io.hormesis.edge.Front;
import io.hormesis.engine.port.ServerDied;
import io.hormesis.server.Ports;
import io.hormesis.server.Server;
import io.hormesis.server.ServerListener;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Life;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedDisk;
import io.hormesis.simulation.SimulatedStrands;
import io.hormesis.simulation.SimulatedWorkers;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A server of the world: its disk and clock, and at most one life at a time. */
final class SimulatedServer {

  /** One life: the server itself and what a caller meets of it. */
  record Running(
      Life life, Server server, Front front, SimulatedStrands strands, SimulatedWorkers workers) {}

  private final SystemWorld world;
  private final String name;
  private final int number;
  private final SimulatedDisk disk;
  private final SimulatedClock clock;
  private Life life;
  private Optional<Running> running = Optional.empty();

  SimulatedServer(SystemWorld world, String name, int number) {
    this.world = world;
    this.name = name;
    this.number = number;
    Dice dice = Dice.of(world.seed(), name + " disk");
    disk = new SimulatedDisk(name, world.time(), dice, world.log());
    clock = new SimulatedClock(world.time(), Duration.ofMillis(dice.between(-2000, 2000)));
    life = new Life(name, 0);
    life.end(0);
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

  /** The process id of its present or last life. */
  long pid() {
    return pid(life);
  }

  private long pid(Life of) {
    return number * 1_000_000L + of.number();
  }

  /** Starts a new life on the disk, unless it is up. */
  void start() {
    if (isUp()) {
      return;
    }
    life = new Life(name, life.number() + 1);
    world.log().add(EventLog.Kind.STARTED, name, life.number());
    try {
      running = Optional.of(begin(life));
      world.started(this, life);
    } catch (ServerDied _) {
      running = Optional.empty();
    } catch (UncheckedIOException _) {
      world.crash(name, true, SystemWorld.RESTART); // a force failed: it gives up and comes again
    } catch (RuntimeException refused) {
      world.violated("%s does not start: %s".formatted(name, refused));
      life.end(world.time().nanos());
    }
  }

  private Running begin(Life begun) {
    String stream = name + " life " + begun.number();
    SimulatedStrands strands =
        new SimulatedStrands(
            world.time(), Dice.of(world.seed(), stream + " strands"), begun, this::taskFailed);
    SimulatedWorkers workers =
        new SimulatedWorkers(
            world.time(),
            Dice.of(world.seed(), stream + " workers"),
            begun,
            strands,
            this::taskFailed);
    Ports ports =
        new Ports(
            (to, frame) -> send(begun, to, frame),
            clock,
            strands,
            workers,
            Dice.of(world.seed(), stream + " server").generator(),
            disk.mount(begun));
    Server server =
        new Server(
            world.settings(name), world.plan().application(), pid(begun), ports, listener(begun));
    Front front =
        new Front(
            world.plan().application(),
            world.told().noting(server.asker()),
            Dice.of(world.seed(), stream + " front").generator());
    return new Running(begun, server, front, strands, workers);
  }

  private void send(Life from, String to, byte[] frame) {
    CRC32C checksum = new CRC32C();
    checksum.update(frame);
    world.network().send(from, to, checksum.getValue(), () -> world.deliver(to, frame));
  }

  private ServerListener listener(Life begun) {
    return new ServerListener() {
      @Override
      public void state(String state, String reason) {
        if (!begun.ended()) {
          world.log().add(EventLog.Kind.CHANGED, name, (state + reason).hashCode());
        }
      }

      @Override
      public void failed(Throwable cause) {
        if (!begun.ended()) {
          world.crash(name, true, SystemWorld.RESTART);
        }
      }
    };
  }

  private void taskFailed(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    world.violated(
        "a task of %s failed: %s at %s"
            .formatted(name, failure, stack.length == 0 ? "?" : stack[0]));
  }

  /** Ends the present life. */
  void crash(boolean powerLoss) {
    world.log().add(EventLog.Kind.CRASHED, name, powerLoss ? 1 : 0);
    life.end(world.time().nanos());
    running.ifPresent(dead -> dead.workers().end());
    running = Optional.empty();
    if (powerLoss) {
      disk.powerLost();
    }
  }
}
