package io.hormesis.simulation;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.storage.DamagedFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server runs on: its disk and its clock, and at most one life at a time.
 *
 * @param <R> what runs there in one life
 */
public abstract class Machine<R> {
  private final String name;
  private final VirtualTime time;
  private final EventLog log;
  private final SimulatedClock clock;
  private final SimulatedDisk disk;
  private Incarnation life;
  private Optional<R> running = Optional.empty();
  private Optional<String> unfit = Optional.empty();

  /** A machine that is down, with an empty disk. */
  protected Machine(long seed, String name, VirtualTime time, EventLog log) {
    this.name = name;
    this.time = time;
    this.log = log;
    disk = new SimulatedDisk(name, time, Dice.of(seed, name + " disk"), log);
    Dice dice = Dice.of(seed, name + " clock");
    clock = new SimulatedClock(time, Duration.ofMillis(dice.between(-2000, 2000)));
    life = new Incarnation(name, 0);
    life.end(0);
  }

  /** Begins a life on the disk. */
  protected abstract R begin(Incarnation begun);

  /** A life has ended. */
  protected void ended(R dead) {}

  /** The server cannot go on, for its disk failed; it is to be crashed, and to come again. */
  protected abstract void gaveUp();

  /** The server does not start, which must not be. */
  protected abstract void refused(RuntimeException why);

  public final String name() {
    return name;
  }

  public final SimulatedDisk disk() {
    return disk;
  }

  public final SimulatedClock clock() {
    return clock;
  }

  /** What runs in its present life; empty when it is down. */
  public final Optional<R> running() {
    return running.filter(_ -> isUp());
  }

  public final boolean isUp() {
    return !life.ended();
  }

  /** Why it cannot start on its disk, which is damaged, as far as it tried. */
  public final Optional<String> unfit() {
    return unfit;
  }

  /** How many lives it has had, the present one included. */
  public final int lives() {
    return life.number();
  }

  /** Starts a new life on the disk, unless it is up. */
  public final void start() {
    if (isUp()) {
      return;
    }
    life = new Incarnation(name, life.number() + 1);
    unfit = Optional.empty();
    log.add(EventLog.Kind.STARTED, name, life.number());
    log.tell("%s starts, life %d", name, life.number());
    try {
      running = Optional.of(begin(life));
    } catch (ServerDied _) {
      running = Optional.empty();
    } catch (UncheckedIOException why) {
      if (why.getCause() instanceof DamagedFile) {
        unfit = Optional.of(String.valueOf(why.getMessage()));
        life.end(time.nanos());
      } else {
        gaveUp();
      }
    } catch (RuntimeException why) {
      refused(why);
      life.end(time.nanos());
    }
  }

  /** Starts the life after the last one some time from now, unless it has begun before. */
  public final void startAfter(Duration down) {
    int last = lives();
    time.after(
        down.toNanos(),
        () -> {
          if (lives() == last) {
            start();
          }
        });
  }

  /** Lets go of the present life at the end of a world: nothing is told, and nothing waits on. */
  public final void leave() {
    endLife();
  }

  private void endLife() {
    life.end(time.nanos());
    running.ifPresent(this::ended);
    running = Optional.empty();
  }

  /** Ends the present life. */
  public final void crash(boolean powerLoss) {
    log.add(EventLog.Kind.CRASHED, name, powerLoss ? 1 : 0);
    log.tell("%s ends%s", name, powerLoss ? ", without power" : "");
    endLife();
    if (powerLoss) {
      disk.powerLost();
    }
  }
}
