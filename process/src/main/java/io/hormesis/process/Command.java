package io.hormesis.process;

/**
 * A request that may change something. It has no default reply, for that would be a lie; its sender
 * ends up with an {@link Outcome}. A component of type {@link RequestId} carries the caller's
 * idempotency key.
 */
public non-sealed interface Command<R> extends Request<R> {

  /** The worker's own refusal: a reply like any other, with nothing changed. */
  default Reply<R> refuse(String reason) {
    return new Reply.Refusal<>(reason);
  }
}
