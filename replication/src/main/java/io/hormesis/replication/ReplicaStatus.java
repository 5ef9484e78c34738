package io.hormesis.replication;

import java.util.List;
import java.util.Optional;

/**
 * One member as it sees its group.
 *
 * @param leader server that leads, as far as this member knows
 * @param inSync on the leader: members, itself included, that were heard of within the leader
 *     timeout and whose log is within a few entries of its own; 0 on others
 * @param members servers of the group, in order of rank
 * @param degraded why this member is not well; empty when it is
 */
public record ReplicaStatus(
    GroupId group,
    Role role,
    Optional<String> leader,
    long term,
    long commitIndex,
    int inSync,
    List<String> members,
    String degraded) {

  public ReplicaStatus {
    members = List.copyOf(members);
  }
}
