package io.hormesis.engine.delivery;

import java.util.concurrent.CompletableFuture;

/** Whoever gets requests answered, wherever the process that serves them runs. */
@FunctionalInterface
public interface Asker {

  /**
   * Asks and returns at once. The future ends by the ask's deadline, and always normally.
   *
   * @throws IllegalArgumentException when no process of the application takes such a message
   */
  CompletableFuture<CallResult<Object>> ask(Ask ask);
}
