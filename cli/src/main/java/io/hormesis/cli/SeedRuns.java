package io.hormesis.cli;

import io.hormesis.simulation.system.SystemReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs seeds side by side. What they showed is taken in the order of the seeds, so it is the same
 * for any number of jobs; at most {@value #AHEAD} runs for each job wait to be taken.
 */
final class SeedRuns {
  private static final int AHEAD = 4;

  private final int jobs;
  private final LongFunction<SystemReport> run;

  /**
   * Runs of seeds.
   *
   * @param jobs how many run at a time
   * @param run runs a seed; called from any thread, and no run may see another
   */
  SeedRuns(int jobs, LongFunction<SystemReport> run) {
    this.jobs = jobs;
    this.run = run;
  }

  /** Runs seeds that follow each other; the taker is called on the caller's thread. */
  void each(long first, long count, Consumer<SystemReport> taker) throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(jobs, Thread.ofPlatform().daemon().name("seed-", 1).factory());
    try {
      Deque<Future<SystemReport>> begun = new ArrayDeque<>();
      long next = 0;
      for (long taken = 0; taken < count; taken++) {
        while (next < count && begun.size() < AHEAD * jobs) {
          long seed = first + next++;
          begun.add(workers.submit(() -> run.apply(seed)));
        }
        taker.accept(report(begun.remove(), first + taken));
      }
    } finally {
      workers.shutdown();
    }
  }

  private static SystemReport report(Future<SystemReport> run, long seed)
      throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(
          "seed %d could not be run: %s".formatted(seed, failed.getCause()), failed.getCause());
    }
  }
}
