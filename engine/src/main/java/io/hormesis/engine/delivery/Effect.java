package io.hormesis.engine.delivery;

import java.util.List;

/** What {@link CallTracker} wants done. */
public sealed interface Effect {

  /**
   * Send the call's message to a server.
   *
   * @param attempt 1 for the first
   * @param casualties the servers that ended while they had it
   */
  record Send(long call, String server, int attempt, List<String> casualties) implements Effect {}

  /** The call has its result. */
  record Finish(long call, CallResult<byte[]> result) implements Effect {}
}
