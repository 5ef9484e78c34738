package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Strands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Real time, and strands that are threads. */
final class RealTime implements Clock, Strands {

  private final List<ScheduledExecutorService> threads = new ArrayList<>();

  /** A strand on a thread of its own. */
  private record ThreadStrand(ScheduledExecutorService thread) implements Strand {
    @Override
    public void execute(Runnable task) {
      thread.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      Future<?> timer = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> timer.cancel(false);
    }
  }

  @Override
  public synchronized Strand open(String name) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
    threads.add(thread);
    return new ThreadStrand(thread);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /** Ends all threads after what they have in hand. */
  synchronized void end() throws InterruptedException {
    for (ScheduledExecutorService thread : threads) {
      thread.shutdown();
      assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }
}
