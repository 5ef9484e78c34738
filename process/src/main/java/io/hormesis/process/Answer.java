package io.hormesis.process;

/**
 * What the asker of a query ends up with, before its deadline: the real reply or the declared
 * default one, and it can tell which.
 *
 * <p>Paper: §3.3, default replies.
 */
public sealed interface Answer<R> {

  /** The value, whichever kind of answer it is. */
  R value();

  /** A worker's reply. */
  record Replied<R>(R value) implements Answer<R> {}

  /** The default reply that the dependency declares, and why it had to stand in. */
  record Defaulted<R>(R value, String reason) implements Answer<R> {}
}
