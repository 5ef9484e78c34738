package io.hormesis.replication;

/** Errors that a test may build in, to prove that it would be found. Never used in production. */
public enum Mutation {
  /** Entries are acknowledged without having been forced. */
  ACKNOWLEDGE_BEFORE_FORCE,
  /** A request that was applied before is applied again. */
  SKIP_REQUEST_ID_CHECK,
  /** A vote is given without having been forced. */
  SKIP_FORCE_OF_VOTE,
  /** A step is applied whatever version of its key it started from. */
  IGNORE_VERSION
}
