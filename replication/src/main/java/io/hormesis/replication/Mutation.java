package io.hormesis.replication;

/** Errors that a test may build in, to prove that it would be found. Never used in production. */
public enum Mutation {
  /** Entries are acknowledged without having been forced. */
  SKIP_FORCE_OF_ENTRY,
  /** A vote is given without having been forced. */
  SKIP_FORCE_OF_VOTE,
  /** An entry counts as committed when the leader has forced it, before a majority has. */
  ACKNOWLEDGE_BEFORE_MAJORITY,
  /** A request that was applied before is applied again. */
  SKIP_REQUEST_ID_CHECK,
  /** A step is applied whatever version of its key it started from. */
  IGNORE_VERSION,
  /** A member whose store is empty comes back under its old name, and votes. */
  WIPED_KEEPS_NAME,
  /** An election lasts no longer than the one before, however many there are in a row. */
  ELECTIONS_EQUALLY_LONG,
  /** A new leader does not deliver what earlier leaders left in the outbox. */
  FORGET_NOTICES_ON_LEADER_CHANGE,
  /** Notices of entries that are appended, but not committed, show in the leader's outbox. */
  SEND_NOTICE_BEFORE_DURABLE
}
