package io.hormesis.process;

/**
 * A question under way. Asking never waits, so several can be under way at once.
 *
 * @param <A> {@link Answer} or {@link Outcome}
 */
@FunctionalInterface
public interface Pending<A> {

  /** Waits for the answer, never past the dependency's deadline. Siblings of the worker go on. */
  A await();
}
