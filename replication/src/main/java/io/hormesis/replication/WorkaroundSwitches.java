package io.hormesis.replication;

/**
 * The workarounds for defects of MicroRaft 0.7, each with a switch, so that a test can show the
 * defect. In production all are on.
 *
 * @param previousIndexGuard L1: a follower without the entry at its own snapshot's index
 * @param restartInPlace L2, L4: a follower that never starts an election again, or ignores all
 *     snapshots
 * @param termGuard L3: two members that refuse each other's pre-vote for ever
 * @param snapshotsFromLeaderOnly L5: a member that waits for a chunk for ever
 * @param jumpBack L6: a follower that lacks many entries is asked for one less in each round trip
 * @param leaderMayReturn L7: a leader that stepped down is refused because it is thought to live
 * @param patienceGrows L8: elections without end while a voter is slower than each of them
 * @param partsToTheSlow L9: a follower that answers late never gets a part of a snapshot
 * @param stopAtFirstStoreError S1: a swallowed error, then an acknowledgement without a force
 * @param keepOwnSnapshot S2: an order to delete the snapshot that is in use
 * @param dropConflictingTail S4: entries behind an installed snapshot that conflict with it
 * @param assertionsOff S5: assertions that abort an installation half-way
 * @param ignoreMissingTarget S6: messages to nobody
 * @param linearizableReads S7: reads that trust the leader's lease are stale at times
 */
record WorkaroundSwitches(
    boolean previousIndexGuard,
    boolean restartInPlace,
    boolean termGuard,
    boolean snapshotsFromLeaderOnly,
    boolean jumpBack,
    boolean leaderMayReturn,
    boolean patienceGrows,
    boolean partsToTheSlow,
    boolean stopAtFirstStoreError,
    boolean keepOwnSnapshot,
    boolean dropConflictingTail,
    boolean assertionsOff,
    boolean ignoreMissingTarget,
    boolean linearizableReads) {

  static final WorkaroundSwitches ALL =
      new WorkaroundSwitches(
          true, true, true, true, true, true, true, true, true, true, true, true, true, true);

  /** All workarounds but one, by the name of its component. */
  static WorkaroundSwitches without(String name) {
    return new WorkaroundSwitches(
        !name.equals("previousIndexGuard"),
        !name.equals("restartInPlace"),
        !name.equals("termGuard"),
        !name.equals("snapshotsFromLeaderOnly"),
        !name.equals("jumpBack"),
        !name.equals("leaderMayReturn"),
        !name.equals("patienceGrows"),
        !name.equals("partsToTheSlow"),
        !name.equals("stopAtFirstStoreError"),
        !name.equals("keepOwnSnapshot"),
        !name.equals("dropConflictingTail"),
        !name.equals("assertionsOff"),
        !name.equals("ignoreMissingTarget"),
        !name.equals("linearizableReads"));
  }
}
