package io.hormesis.engine.delivery;

/** What {@link CallTracker} wants done. */
public sealed interface Effect {

  /** Send the call's message to a server. */
  record Send(long call, String server, int attempt) implements Effect {}

  /** The call has its response. */
  record Finish(long call, String from, Response response) implements Effect {}

  /**
   * The call ends without one.
   *
   * @param unknown whether it may have been done all the same
   */
  record GiveUp(long call, boolean unknown, String reason) implements Effect {}
}
