package io.hormesis.cluster;

import io.hormesis.engine.port.Workers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives each task a virtual thread of its own. */
final class VirtualWorkers implements Workers {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public void runWaiting(Runnable task) {
    threads.execute(task);
  }

  @Override
  public <T> Optional<T> await(CompletableFuture<T> future, Duration atMost) {
    try {
      return Optional.of(future.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("what is awaited never fails", failed);
    }
  }
}
