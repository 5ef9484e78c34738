package io.hormesis.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs a world on a virtual thread. The tasks of its workers have virtual threads too ({@link
 * SimulatedWorkers}), and to hand over between two of them takes a fraction of what it takes
 * between threads of the operating system.
 */
public final class WorldThread {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private WorldThread() {}

  /**
   * Says how many worlds will run at a time, unless the property {@value #PARALLELISM} is set: an
   * idle thread of the operating system would take over what another one could go on with at once.
   * Of no effect when a virtual thread was started before.
   */
  public static void sideBySide(int worlds) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(worlds));
    }
  }

  /** Runs a world to its end and returns what it showed; what it throws is thrown here. */
  public static <T> T run(Supplier<T> world) {
    try {
      return CompletableFuture.supplyAsync(world, Thread::startVirtualThread).join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw failed;
      }
    }
  }
}
