package io.hormesis.engine.port;

/**
 * The priority class of what a server carries and computes, most urgent first. What keeps the
 * system itself alive never waits behind requests, and requests never wait behind what nobody waits
 * for.
 *
 * <p>Source: rule R14 (priority shedding).
 */
public enum Priority {
  /** Consensus, health and keepers. */
  SYSTEM,
  /** Requests and their responses. */
  REQUEST,
  /** Notices, reports, snapshots. */
  BACKGROUND
}
