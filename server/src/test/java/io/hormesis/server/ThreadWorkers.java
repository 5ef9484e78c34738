package io.hormesis.server;

import io.hormesis.engine.port.Workers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Workers on real threads. */
record ThreadWorkers(ExecutorService threads) implements Workers {
  @Override
  public void runWaiting(Runnable task) {
    threads.execute(task);
  }

  @Override
  public <T> Optional<T> await(CompletableFuture<T> future, Duration atMost) {
    return future
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), atMost.toNanos(), TimeUnit.NANOSECONDS)
        .join();
  }
}
