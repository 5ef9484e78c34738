package io.hormesis.engine.port;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the code of workers, beside the strands of the state machines, and lets it wait: real
 * servers give each task a virtual thread, the simulation runs one task at a time and hands over at
 * every wait.
 *
 * <p>Paper: §3.1, workers.
 */
public interface Workers {

  /** Runs a task that asks nobody, and so never waits; where all can wait, like any other. */
  default void run(Runnable task) {
    runWaiting(task);
  }

  /** Runs a task that may {@link #await}. */
  void runWaiting(Runnable task);

  /**
   * Waits for a future that never fails; the other tasks go on. Only within a task that may wait.
   *
   * @param atMost how long
   * @return its value; empty when it did not come in time, or the task is being ended
   */
  <T> Optional<T> await(CompletableFuture<T> future, Duration atMost);
}
