package io.hormesis.simulation;

import io.hormesis.simulation.generate.UndrawableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs seeds side by side. What they showed is taken in the order of the seeds, so it is the same
 * for any number of jobs; at most {@value #AHEAD} runs for each job wait to be taken.
 *
 * @param <R> what a run reports
 */
public final class SeedRuns<R> {
  private static final int AHEAD = 4;

  private final int jobs;
  private final LongFunction<R> run;

  /**
   * Runs of seeds.
   *
   * @param jobs how many run at a time
   * @param run runs a seed; called from any thread, and no run may see another
   */
  public SeedRuns(int jobs, LongFunction<R> run) {
    this.jobs = jobs;
    this.run = run;
  }

  /** As many runs at a time as this machine has processors. */
  public static <R> SeedRuns<R> onAllProcessors(LongFunction<R> run) {
    return new SeedRuns<>(Runtime.getRuntime().availableProcessors(), run);
  }

  /** What each of the seeds that follow each other reports, in their order. */
  public List<R> reports(long first, int count) throws InterruptedException {
    List<R> reports = new ArrayList<>(count);
    each(first, count, reports::add);
    return reports;
  }

  /**
   * Runs seeds that follow each other; the taker is called on the caller's thread.
   *
   * @throws UndrawableException when the load could not be drawn
   * @throws IllegalStateException when a run threw something else; it names the seed
   */
  public void each(long first, long count, Consumer<? super R> taker) throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(jobs, Thread.ofPlatform().daemon().name("seed-", 1).factory());
    try {
      Deque<Future<R>> begun = new ArrayDeque<>();
      long next = 0;
      for (long taken = 0; taken < count; taken++) {
        while (next < count && begun.size() < AHEAD * jobs) {
          long seed = first + next++;
          begun.add(workers.submit(() -> run.apply(seed)));
        }
        taker.accept(report(begun.remove(), first + taken));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static <R> R report(Future<R> run, long seed) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UndrawableException ofEverySeed) {
        throw ofEverySeed;
      }
      throw new IllegalStateException(
          "seed %d could not be run: %s".formatted(seed, failed.getCause()), failed.getCause());
    }
  }
}
