package io.hormesis.server;

/**
 * What a keeper tells a running server, one JSON line each on the server's standard input. When
 * that input ends, the keeper has died, and the server stops within 5 s.
 */
public sealed interface KeeperCommand {

  /**
   * The keeper saw the process of another server end: proof that this incarnation is dead.
   *
   * @param server its name
   * @param incarnation which of its lives it was, by the settings that it was given
   */
  record ProcessEnded(String server, long incarnation) implements KeeperCommand {}

  /**
   * Why another server is down, for people who ask for the status.
   *
   * @param reason how it ended or why it cannot start, and when it is tried again
   */
  record ServerDown(String server, String reason) implements KeeperCommand {}

  /** Stop in order: hand over, flush, end. */
  record Stop() implements KeeperCommand {}
}
