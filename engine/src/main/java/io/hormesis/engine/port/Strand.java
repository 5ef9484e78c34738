package io.hormesis.engine.port;

import java.time.Duration;

/**
 * Runs tasks one at a time, strictly in the order in which they came: the thread of a state
 * machine, without saying which thread.
 */
public interface Strand {

  void execute(Runnable task);

  /** Runs a task on this strand after a delay, unless it is cancelled before. */
  Timer schedule(Duration delay, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    void cancel();
  }
}
