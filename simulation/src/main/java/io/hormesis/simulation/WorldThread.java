package io.hormesis.simulation;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs a world on a virtual thread. The tasks of its workers have virtual threads too ({@link
 * SimulatedWorkers}), and to hand over between two of them takes a fraction of what it takes
 * between threads of the operating system.
 */
public final class WorldThread {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private static final Set<UnderWay> UNDER_WAY = ConcurrentHashMap.newKeySet();

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

  /** The worlds that run at present under a name. */
  public static List<UnderWay> underWay() {
    return List.copyOf(UNDER_WAY);
  }

  /**
   * Runs a world as {@link #run(Supplier)} does, and lets it be seen from outside meanwhile.
   *
   * @param name what it is, such as {@code seed 7}
   * @param progress grows while it gets on; asked from other threads
   */
  public static <T> T run(String name, LongSupplier progress, Supplier<T> world) {
    return run(() -> {
      UnderWay seen = new UnderWay(name, Thread.currentThread(), progress);
      UNDER_WAY.add(seen);
      try {
        return world.get();
      } finally {
        UNDER_WAY.remove(seen);
      }
    });
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
