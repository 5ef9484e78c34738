package io.hormesis.server;

/**
 * The port for signals. Called from any thread; it returns at once and never fails. What happens to
 * single requests is told only when {@link #followsRequests}, so that what nobody reads costs a
 * look at a field; all else is rare.
 */
public interface Signals {

  /** Whether anybody reads what happens to single requests. */
  boolean followsRequests();

  /** Takes a signal. */
  void take(Signal signal);
}
