package io.hormesis.cli;

import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks again and again who leads the partitions, and counts how often that changes. */
final class LeaderWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final BenchedSystem system;
  private final Map<String, String> leaders = new HashMap<>();
  private final Thread thread;
  private int changes;
  private volatile boolean over;

  private LeaderWatch(BenchedSystem system) {
    this.system = system;
    this.thread = Thread.ofPlatform().daemon().name("leader-watch").unstarted(this::watch);
  }

  static LeaderWatch start(BenchedSystem system) {
    LeaderWatch watch = new LeaderWatch(system);
    watch.thread.start();
    return watch;
  }

  /** How often a partition was seen with another leader than before. */
  synchronized int changes() {
    return changes;
  }

  private void watch() {
    try {
      while (!over) {
        Optional<SystemStatus> status = system.status();
        status.ifPresent(this::seen);
        BenchedSystem.leaveAlone(EVERY);
      }
    } catch (InterruptedException ending) {
      // The bench is over.
      over = true;
    }
  }

  private synchronized void seen(SystemStatus status) {
    for (SystemStatus.PartitionStatus partition : status.partitions()) {
      if (!partition.leader().isEmpty()) {
        String place = partition.process() + "/" + partition.id();
        String before = leaders.put(place, partition.leader());
        changes += before == null || before.equals(partition.leader()) ? 0 : 1;
      }
    }
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
