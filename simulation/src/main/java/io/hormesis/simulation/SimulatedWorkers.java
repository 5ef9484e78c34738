package io.hormesis.simulation;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Workers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one life of a server: one task runs at a time, in an order that the seed alone
 * decides. A task that waits hands over to the world, which goes on with its next event, and gets
 * its turn again when what it waits for is there, or its time is up.
 *
 * <p>A task that may wait has a virtual thread of its own, for its stack must survive the wait. It
 * never runs beside the world: each waits for the other.
 */
public final class SimulatedWorkers implements Workers {
  private static final long TASK_NANOS_LEAST = 10_000;
  private static final long TASK_NANOS_MOST = 200_000;

  private final VirtualTime time;
  private final Dice dice;
  private final Incarnation life;
  private final SimulatedStrands strands;
  private final Consumer<Throwable> failures;
  private final Set<Turn> waiting = new LinkedHashSet<>();
  private @Nullable Turn current;

  /**
   * Workers for a life.
   *
   * @param strands when these stand still, workers do too
   * @param failures told of what a task threw
   */
  public SimulatedWorkers(
      VirtualTime time,
      Dice dice,
      Incarnation life,
      SimulatedStrands strands,
      Consumer<Throwable> failures) {
    this.time = time;
    this.dice = dice;
    this.life = life;
    this.strands = strands;
    this.failures = failures;
  }

  @Override
  public void run(Runnable task) {
    soon(() -> guarded(task));
  }

  @Override
  public void runWaiting(Runnable task) {
    soon(new Turn(task)::go);
  }

  @Override
  public <T> Optional<T> await(CompletableFuture<T> future, Duration atMost) {
    Turn turn = current;
    if (turn == null) {
      throw new IllegalStateException(
          "only a process with dependencies may wait: declare what it asks with dependsOn");
    }
    if (!future.isDone()) {
      handOver(turn, future, atMost);
    }
    return future.isDone() ? Optional.of(future.join()) : Optional.empty();
  }

  /** Unwinds the tasks that wait; to be called once the life has ended. */
  public void end() {
    for (Turn turn : List.copyOf(waiting)) {
      turn.go();
    }
  }

  private void handOver(Turn turn, CompletableFuture<?> future, Duration atMost) {
    waiting.add(turn);
    boolean[] over = {false};
    Runnable goOn =
        () -> {
          if (!over[0]) {
            over[0] = true;
            soon(turn::go);
          }
        };
    var _ = future.whenComplete((_, _) -> goOn.run());
    time.after(strands.realNanos(atMost), goOn);
    turn.rest();
    waiting.remove(turn);
    if (life.ended()) {
      throw new ServerDied(life.name());
    }
  }

  private void soon(Runnable event) {
    if (strands.processor().isPresent()) {
      Processor processor = strands.processor().get();
      processor.worker().execute(processor.times().step(), event);
    } else if (!life.ended()) {
      time.after(dice.between(TASK_NANOS_LEAST, TASK_NANOS_MOST), () -> unlessPaused(event));
    }
  }

  private void unlessPaused(Runnable event) {
    if (life.ended()) {
      return;
    }
    if (strands.standstill().lasts()) {
      strands.standstill().hold(() -> unlessPaused(event));
    } else {
      event.run();
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (ServerDied _) {
      // Nobody is left to tell.
    } catch (RuntimeException | Error failure) {
      if (!life.ended()) {
        failures.accept(failure);
      }
    }
  }

  /** A task that may wait, and whose turn it is: its own or the world's. */
  private final class Turn implements UnderWay.HandedOver {
    private final Thread thread;
    private @Nullable Thread world;
    private boolean begun;
    private volatile boolean mine;

    Turn(Runnable task) {
      thread = Thread.ofVirtual().unstarted(() -> work(task));
    }

    @Override
    public Thread to() {
      return thread;
    }

    /** Lets the task run until it waits or ends; called by the world. */
    void go() {
      Turn before = current;
      current = this;
      world = Thread.currentThread();
      mine = true;
      if (begun) {
        LockSupport.unpark(thread);
      } else {
        begun = true;
        thread.start();
      }
      while (mine) {
        LockSupport.park(this);
      }
      current = before;
    }

    /** Lets the world go on until the next {@link #go}; called by the task. */
    void rest() {
      handBack();
      while (!mine) {
        LockSupport.park(this);
      }
    }

    private void work(Runnable task) {
      try {
        guarded(task);
      } finally {
        handBack();
      }
    }

    private void handBack() {
      Thread waits = world;
      mine = false;
      LockSupport.unpark(waits);
    }
  }
}
