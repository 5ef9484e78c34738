package io.hormesis.replication;

import java.util.Set;

/** Where one member lives: its plan, and what it shares with the others of its server. */
record Setting(
    GroupPlan plan,
    String server,
    Timing timing,
    Limits limits,
    Ports ports,
    Cures cures,
    Set<Mutation> mutations,
    Sending sending,
    Stopped stopped,
    long seed) {

  String folder() {
    return "replication/%s-%d".formatted(plan.id().process(), plan.id().partition());
  }
}
