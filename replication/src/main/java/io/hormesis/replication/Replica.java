package io.hormesis.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One member of one group. Thread-safe. Futures complete on the group's strand; they fail with
 * {@link NotCommitted} only, and never later than {@link Timing#commitDeadline}.
 */
public interface Replica {

  /** Commits a step; only the leader does. */
  CompletableFuture<Committed> commit(Change change);

  /** What is stored under a key, with all acknowledged changes before this call; on the leader. */
  CompletableFuture<KeyState> read(String key);

  /** What this member has applied under a key; may be stale. */
  KeyState applied(String key);

  /**
   * The answer to a request that this member has applied before: Repeated, KeyReused or
   * KeyForgotten; empty when it knows of none.
   */
  Optional<Committed> remembered(String key, String requestId, byte[] fingerprint, Instant now);

  /**
   * Notices that wait for their delivery, as applied here, oldest first.
   *
   * @param after only those with higher numbers; 0 for all
   * @param limit so many at most
   */
  List<Undelivered> outbox(long after, int limit);

  /** How full the outbox is: 0 is empty, 1 is the most that it holds. */
  double outboxFill();

  /** Drops delivered notices from the outbox, on all members; on the leader. */
  CompletableFuture<Void> delivered(List<Long> numbers);

  /**
   * Transfers the leadership of the group to its member on a server; only the leader does. Ends
   * when this member leads no more, or fails within {@link Timing#leaderTimeout}: then it may lead
   * on. Commits meanwhile fail as BUSY.
   */
  CompletableFuture<Void> transferLeadership(String server);

  /**
   * What this member has applied, as one number. It is computed with every call, in time that grows
   * with the state.
   */
  StateChecksum checksum();

  ReplicaStatus status();
}
