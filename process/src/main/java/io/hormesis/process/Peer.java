package io.hormesis.process;

/**
 * Whoever serves one kind of request, wherever that is. Its address is not the author's concern
 * (location transparency).
 *
 * @param <Q> the request
 * @param <A> {@link Answer} of a query, {@link Outcome} of a command
 */
@FunctionalInterface
public interface Peer<Q, A> {

  /** Sends the request and returns at once. */
  Pending<A> ask(Q request);
}
