package io.hormesis.server;

import java.util.Optional;

/** Whether a system can lose any one server now, by its status. */
public final class Redundancy {
  private Redundancy() {}

  /**
   * The first thing that is missing to full redundancy: every server ready, and every partition
   * with a leader and all its members caught up; empty when nothing is missing.
   */
  public static Optional<String> missing(SystemStatus status) {
    if (status.servers().isEmpty()) {
      return Optional.of("no server is known");
    }
    return status.servers().stream()
        .filter(it -> !it.state().equals("ready"))
        .map(it -> it.name() + " is " + it.state())
        .findFirst()
        .or(() -> missingOfPartitions(status));
  }

  private static Optional<String> missingOfPartitions(SystemStatus status) {
    return status.partitions().stream()
        .filter(it -> it.leader().isEmpty() || it.inSync() < it.members().size())
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
}
