package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;

/**
 * The port for signals. Called from any thread; it returns at once and never fails. What happens to
 * single requests is told only when {@link #followsRequests}, so that what nobody reads costs a
 * look at a field; all else is rare.
 */
public interface Signals {

  /** Whether anybody reads what happens to single requests. */
  boolean followsRequests();

  /**
   * A worker begins on a message, on the thread that runs it. No signal, for whoever notes it must
   * know its end too, also when the server ends under it.
   *
   * @param message the type of the message, such as {@code TaxReturns.File}
   * @return is run when the worker has ended, in whatever way but the end of the server
   */
  default Runnable begins(String process, String message, Envelope envelope) {
    return () -> {};
  }

  /** Takes a signal. */
  void take(Signal signal);
}
