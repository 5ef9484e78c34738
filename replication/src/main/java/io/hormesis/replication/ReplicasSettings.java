package io.hormesis.replication;

import java.util.List;

/**
 * What one server's members need to know.
 *
 * @param system the system's random id: a store of another system is refused
 * @param server this server's name
 * @param groups the groups of the system; those that do not name this server are left out
 */
public record ReplicasSettings(
    String system, String server, List<GroupPlan> groups, Timing timing, GroupLimits limits) {

  public ReplicasSettings {
    groups = groups.stream().filter(group -> group.servers().contains(server)).toList();
  }

  public ReplicasSettings(String system, String server, List<GroupPlan> groups) {
    this(system, server, groups, Timing.USUAL, GroupLimits.USUAL);
  }
}
