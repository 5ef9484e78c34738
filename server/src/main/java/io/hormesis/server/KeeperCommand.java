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
   * @param pid its process id
   * @param memberUid its id as a member of the cluster, 0 when it never told one
   */
  record ProcessEnded(String server, long pid, long memberUid) implements KeeperCommand {}

  /** Stop in order: hand over, flush, end. */
  record Stop() implements KeeperCommand {}
}
