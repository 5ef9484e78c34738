package io.hormesis.replication;

/** What a member does in its group at the moment. */
public enum Role {
  /** Its group is not bootstrapped yet, or the member is being built. */
  STARTING,
  LEADER,
  FOLLOWER,
  CANDIDATE,
  /** It takes no part and has no vote; the status says why. */
  FAULTED
}
