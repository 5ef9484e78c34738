package io.hormesis.process;

/**
 * What a worker sends back.
 *
 * @param <R> what the asker was promised
 */
public sealed interface Reply<R> {

  /** The answer to a notice: nothing. */
  static Reply<?> none() {
    return new None<Object>();
  }

  /** The reply that was asked for. */
  record Value<R>(R value) implements Reply<R> {}

  /** The worker will not do it, and has not. */
  record Refusal<R>(String reason) implements Reply<R> {}

  /** No reply is expected. */
  record None<R>() implements Reply<R> {}
}
