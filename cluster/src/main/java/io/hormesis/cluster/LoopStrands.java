package io.hormesis.cluster;

import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Strands;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strands of a real server. Those that never block share the event loop of the link, so that a
 * frame that comes in needs no other thread to be woken; those that may wait for a disk have one
 * each.
 */
final class LoopStrands implements Strands {
  private static final Logger LOG = LoggerFactory.getLogger(LoopStrands.class);

  private final EventExecutor loop;

  LoopStrands(EventExecutor loop) {
    this.loop = loop;
  }

  @Override
  public Strand open(String name) {
    return new ThreadStrand(loop);
  }

  @Override
  public Strand openBlocking(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new ThreadStrand(executor);
  }

  private record ThreadStrand(ScheduledExecutorService thread) implements Strand {
    @Override
    public void execute(Runnable task) {
      try {
        thread.execute(guarded(task));
      } catch (RejectedExecutionException stopped) {
        LOG.debug("a strand has stopped");
      }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      try {
        Future<?> future = thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      } catch (RejectedExecutionException stopped) {
        LOG.debug("a strand has stopped");
        return () -> {};
      }
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
