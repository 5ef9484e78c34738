package io.hormesis.chaos;

import io.hormesis.server.ServerState;
import io.hormesis.server.ServiceState;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import io.hormesis.server.SystemStatus.ProcessStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Six servers in three regions with two processes of three partitions, in virtual time: a killed
 * server is ready again after a while, its partitions get other leaders, and catch up later still.
 * For a moment after a kill the views are old.
 */
final class FakeSystem {
  static final String TARGET = "desk";
  private static final List<String> NAMES = List.of("a1", "a2", "b1", "b2", "c1", "c2");

  private final RandomGenerator random;
  private final Duration repair;
  private final Duration blind;
  private final Map<String, Long> pids = new HashMap<>();
  private final Map<String, Integer> leaders = new HashMap<>(); // partition -> member, 0 to 2
  private String killed = "";
  private SystemStatus viewBefore;
  private Duration killedAt = Duration.ZERO;
  private long nextPid = 100;

  FakeSystem(long seed, Duration repair, Duration blind) {
    random = new SplittableRandom(seed);
    this.repair = repair;
    this.blind = blind;
    NAMES.forEach(it -> pids.put(it, nextPid++));
    viewBefore = view(ServerState.READY, 3);
  }

  /** Whether a server is away, or a group not yet whole, really. */
  boolean isAway(Duration now) {
    return !killed.isEmpty() && now.compareTo(killedAt.plus(repair)) < 0;
  }

  void kill(String server, Duration now) {
    viewBefore = status(now);
    killed = server;
    killedAt = now;
    pids.put(server, nextPid++);
    for (PartitionStatus partition : viewBefore.partitions()) {
      if (partition.leader().equals(server)) {
        leaders.merge(name(partition), 1 + random.nextInt(2), Integer::sum);
      }
    }
  }

  /** What some server says, which is old right after a kill. */
  SystemStatus status(Duration now) {
    if (!isAway(now)) {
      return view(ServerState.READY, 3);
    }
    Duration since = now.minus(killedAt);
    if (since.compareTo(blind) < 0) {
      return viewBefore;
    }
    boolean started = since.compareTo(repair.multipliedBy(2).dividedBy(3)) >= 0;
    return view(started ? ServerState.READY : ServerState.STARTING, started ? 2 : 3);
  }

  private SystemStatus view(ServerState stateOfKilled, int inSync) {
    var servers = new ArrayList<ServerStatus>();
    for (String name : NAMES) {
      ServerState state = name.equals(killed) ? stateOfKilled : ServerState.READY;
      List<String> hosts = List.of(name.endsWith("1") ? TARGET : "inbox");
      servers.add(
          new ServerStatus(
              name,
              name.substring(0, 1),
              pids.getOrDefault(name, 0L),
              state,
              "",
              "",
              "",
              "1",
              hosts));
    }
    var partitions = new ArrayList<PartitionStatus>();
    for (int id = 0; id < 3; id++) {
      partitions.add(partition(TARGET, id, List.of("a1", "b1", "c1"), inSync));
      partitions.add(partition("inbox", id, List.of("a2", "b2", "c2"), inSync));
    }
    return new SystemStatus(
        "s", "town", ServiceState.READY, servers, List.<ProcessStatus>of(), partitions);
  }

  private PartitionStatus partition(String process, int id, List<String> members, int inSync) {
    int leader = leaders.getOrDefault(process + "/" + id, id) % members.size();
    return new PartitionStatus(process, id, members.get(leader), members, inSync);
  }

  private static String name(PartitionStatus partition) {
    return partition.process() + "/" + partition.id();
  }
}
