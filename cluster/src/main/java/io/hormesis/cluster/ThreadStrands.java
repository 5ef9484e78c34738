package io.hormesis.cluster;

import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Strands;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Strands with a thread each. */
final class ThreadStrands implements Strands {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadStrands.class);

  @Override
  public Strand open(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new ThreadStrand(executor);
  }

  private record ThreadStrand(ScheduledThreadPoolExecutor executor) implements Strand {
    @Override
    public void execute(Runnable task) {
      executor.execute(guarded(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      Future<?> future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }

    /** A task that fails must be heard of: nobody looks at its future. */
    private static Runnable guarded(Runnable task) {
      return () -> {
        try {
          task.run();
        } catch (RuntimeException failure) {
          LOG.error("a task of a strand failed", failure);
        }
      };
    }
  }
}
