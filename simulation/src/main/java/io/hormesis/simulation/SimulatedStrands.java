package io.hormesis.simulation;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Strands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The strands of one life of a server: tasks run one at a time in their order, each takes a little
 * virtual time, and none runs once the life has ended. Where service times are declared, they run
 * on a {@link Processor} and wait for it, too.
 */
public final class SimulatedStrands implements Strands {

  private static final long TASK_NANOS_LEAST = 2_000;
  private static final long TASK_NANOS_MOST = 50_000;

  private final VirtualTime time;
  private final SimulatedClock clock;
  private final Dice dice;
  private final Incarnation life;
  private final Consumer<Throwable> failures;
  private final Standstill standstill;
  private final Optional<Processor> processor;

  /**
   * Strands for a life.
   *
   * @param clock the server's, which its timers go by
   * @param failures told of what a task threw; the strand goes on with the next task
   */
  public SimulatedStrands(
      VirtualTime time,
      SimulatedClock clock,
      Dice dice,
      Incarnation life,
      Consumer<Throwable> failures) {
    this(time, clock, dice, life, failures, Optional.empty());
  }

  /**
   * Strands for a life.
   *
   * @param clock the server's, which its timers go by
   * @param failures told of what a task threw; the strand goes on with the next task
   * @param times what its processor takes; without them nothing waits for a processor
   */
  public SimulatedStrands(
      VirtualTime time,
      SimulatedClock clock,
      Dice dice,
      Incarnation life,
      Consumer<Throwable> failures,
      Optional<ServiceTimes> times) {
    this.time = time;
    this.clock = clock;
    this.dice = dice;
    this.life = life;
    this.failures = failures;
    standstill = new Standstill(time);
    processor = times.map(it -> new Processor(time, dice, life, standstill, it));
  }

  @Override
  public Strand open(String name) {
    return new Line(processor.map(it -> on(it, it.link())).orElseGet(FreeLine::new));
  }

  @Override
  public Strand openBlocking(String name) {
    return new Line(processor.map(it -> on(it, it.thread())).orElseGet(FreeLine::new));
  }

  private static Tasks on(Processor processor, Processor.ProcessorThread thread) {
    return task -> thread.execute(processor.times().task(), task);
  }

  /** What they run on; empty where nothing waits for a processor. */
  public Optional<Processor> processor() {
    return processor;
  }

  /** Stops all strands until a time, as a long collection of garbage or SIGSTOP does. */
  public void pauseUntil(long nanos) {
    standstill.until(nanos);
  }

  /** Lets them go on before that time. */
  public void resume() {
    standstill.end();
  }

  /** How long a wait of the server really takes. */
  public long realNanos(Duration wait) {
    return clock.realNanos(wait);
  }

  /** Until when nothing runs; a time that is past when nothing is stopped. */
  public long pausedUntil() {
    return standstill.until();
  }

  /** What stops the strands, and whoever else stands still with them. */
  Standstill standstill() {
    return standstill;
  }

  private void run(Runnable task) {
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

  /** Takes tasks and runs them in their order. */
  @FunctionalInterface
  private interface Tasks {
    void add(Runnable task);
  }

  private final class Line implements Strand {
    private final Tasks tasks;

    Line(Tasks tasks) {
      this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(() -> run(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      boolean[] cancelled = {false};
      time.after(
          clock.realNanos(delay),
          () -> {
            if (!cancelled[0]) {
              execute(() -> {
                if (!cancelled[0]) {
                  task.run();
                }
              });
            }
          });
      return () -> cancelled[0] = true;
    }
  }

  /** Waits for nothing but the task before. */
  private final class FreeLine implements Tasks {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean planned;
    private long freeAt;

    @Override
    public void add(Runnable task) {
      if (time.ahead()) {
        // What is handed over later must not keep the strand from what comes before that.
        time.after(0, () -> enqueue(task));
      } else {
        enqueue(task);
      }
    }

    private void enqueue(Runnable task) {
      if (life.ended()) {
        return;
      }
      waiting.add(task);
      if (!planned) {
        planned = true;
        time.at(Math.max(time.nanos(), freeAt), this::runNext);
      }
    }

    private void runNext() {
      if (life.ended()) {
        waiting.clear();
        return;
      }
      if (standstill.lasts()) {
        standstill.hold(this::runNext);
        return;
      }
      waiting.remove().run();
      time.spend(dice.between(TASK_NANOS_LEAST, TASK_NANOS_MOST));
      freeAt = time.nanos();
      planned = !waiting.isEmpty();
      if (planned) {
        time.at(freeAt, this::runNext);
      }
    }
  }
}
