package io.hormesis.process;

/**
 * A message that expects a reply.
 *
 * @param <R> what the reply carries; plain data
 */
public sealed interface Request<R> extends Message permits Query, Command {

  /** The reply to this request; the compiler checks that it is of the promised kind. */
  default Reply<R> reply(R value) {
    return new Reply.Value<>(value);
  }
}
