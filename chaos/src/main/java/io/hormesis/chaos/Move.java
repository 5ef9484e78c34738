package io.hormesis.chaos;

/** What the monkey does now. */
public sealed interface Move {

  /**
   * Kills the process of one server.
   *
   * @param reason what the server does that makes it worth killing: {@code leads tax-desk/1}
   */
  record Kill(String server, String reason) implements Move {}

  /**
   * Does nothing.
   *
   * @param reason what it waits for
   */
  record Wait(String reason) implements Move {}
}
