package io.hormesis.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a system can lose any one server now, by its status. */
public final class Redundancy {
  private Redundancy() {}

  /**
   * The first thing that is missing to full redundancy: every server ready, and every partition
   * with a leader and all its members caught up; empty when nothing is missing.
   */
  public static Optional<String> missing(SystemStatus status) {
    return missingBut(status, Set.of());
  }

  /**
   * The same of a system that may do without some servers, but not without those of them that are
   * ready.
   */
  public static Optional<String> missingBut(SystemStatus status, Set<String> dispensable) {
    if (status.servers().isEmpty()) {
      return Optional.of("no server is known");
    }
    List<SystemStatus.ServerStatus> notReady =
        status.servers().stream().filter(it -> !asExpected(it.state())).toList();
    Set<String> out =
        notReady.stream()
            .map(SystemStatus.ServerStatus::name)
            .filter(dispensable::contains)
            .collect(Collectors.toSet());
    return notReady.stream()
        .filter(it -> !out.contains(it.name()))
        .findFirst()
        .map(it -> it.name() + " is " + it.state().word())
        .or(() -> missingOfPartitions(status, out));
  }

  /** A server that is being emptied lacks nothing: somebody wants it so. */
  private static boolean asExpected(ServerState state) {
    return switch (state) {
      case READY, DRAINING -> true;
      case STARTING, DEGRADED, SUSPECT, DEAD -> false;
    };
  }

  private static Optional<String> missingOfPartitions(SystemStatus status, Set<String> out) {
    return status.partitions().stream()
        .filter(it -> it.leader().isEmpty() || it.inSync() < wanted(it, out))
        .map(it ->
            "%s/%d has %s and %d of %d members caught up"
                .formatted(
                    it.process(),
                    it.id(),
                    it.leader().isEmpty() ? "no leader" : "leader " + it.leader(),
                    it.inSync(),
                    it.members().size()))
        .findFirst();
  }

  private static long wanted(SystemStatus.PartitionStatus partition, Set<String> out) {
    return partition.members().stream().filter(it -> !out.contains(it)).count();
  }
}
