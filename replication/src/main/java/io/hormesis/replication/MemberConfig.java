package io.hormesis.replication;

/** Where one member lives: its plan, and what it shares with the others of its server. */
record MemberConfig(
    GroupPlan plan,
    String server,
    Timing timing,
    GroupLimits limits,
    ReplicasPorts ports,
    WorkaroundSwitches switches,
    FrameBatcher sending,
    Stopped stopped,
    long seed) {

  String folder() {
    return folder(plan.id());
  }

  /** Where the store of a group lies on the disk of its server. */
  static String folder(GroupId id) {
    return "replication/%s-%d".formatted(id.process(), id.partition());
  }
}
