package io.hormesis.replication;

import java.util.HashSet;
import java.util.List;

/**
 * A group and the servers of its first members.
 *
 * @param servers in order of rank, each once: the first is the preferred first leader
 */
public record GroupPlan(GroupId id, List<String> servers) {

  /** Raft stays quick and our queues small with few members. */
  public static final int MEMBERS_LIMIT = 7;

  public GroupPlan {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || servers.size() > MEMBERS_LIMIT) {
      throw new IllegalArgumentException(
          "group %s: 1 to %d servers, not %d".formatted(id, MEMBERS_LIMIT, servers.size()));
    }
    if (new HashSet<>(servers).size() != servers.size()) {
      throw new IllegalArgumentException("group %s: a server twice in %s".formatted(id, servers));
    }
  }
}
