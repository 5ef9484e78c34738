package io.hormesis.server;

import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.placement.Plan;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts together what a server knows into the status of the whole system. */
final class StatusPage {
  private final ServerSettings settings;
  private final Application application;

  /** What the keeper says of servers that are down. */
  private final Map<String, String> downReasons = new ConcurrentHashMap<>();

  StatusPage(ServerSettings settings, Application application) {
    this.settings = settings;
    this.application = application;
  }

  /** The keeper says why a server is down. */
  void down(String server, String reason) {
    downReasons.put(server, reason);
  }

  SystemStatus of(Topology topology, Membership membership, long now) {
    Plan plan = topology.plan(application);
    List<SystemStatus.ServerStatus> servers =
        topology.addresses().stream().map(it -> server(it, plan, membership, now)).toList();
    List<SystemStatus.PartitionStatus> partitions = partitions(plan, membership);
    List<SystemStatus.ProcessStatus> processes =
        application.processes().stream().map(it -> process(it, plan, servers, partitions)).toList();
    return new SystemStatus(
        settings.system(),
        application.name(),
        overall(servers, processes),
        servers,
        processes,
        partitions);
  }

  private SystemStatus.ServerStatus server(
      ServerAddress address, Plan plan, Membership membership, long now) {
    Optional<StatusGossip> last = membership.last(address.name());
    ServerState state = membership.state(address.name(), now);
    return new SystemStatus.ServerStatus(
        address.name(),
        address.region(),
        last.map(StatusGossip::pid).orElse(0L),
        state,
        reason(address.name(), state, last),
        address.edgeUrl(),
        address.managementUrl(),
        last.map(StatusGossip::version).orElse(""),
        plan.processesOf(address.name()));
  }

  private String reason(String server, ServerState state, Optional<StatusGossip> last) {
    return switch (state) {
      case DEAD -> downReasons.getOrDefault(server, "its process ended");
      case SUSPECT -> "it has been silent";
      case STARTING, READY, DEGRADED, DRAINING -> last.map(StatusGossip::reason).orElse("");
    };
  }

  private List<SystemStatus.PartitionStatus> partitions(Plan plan, Membership membership) {
    List<SystemStatus.PartitionStatus> partitions = new ArrayList<>();
    for (Map.Entry<Target, List<String>> entry : plan.hosts().entrySet()) {
      if (entry.getKey().partition().isPresent()) {
        partitions.add(partition(entry.getKey(), entry.getValue(), membership));
      }
    }
    partitions.sort(
        Comparator.comparing(SystemStatus.PartitionStatus::process)
            .thenComparingInt(SystemStatus.PartitionStatus::id));
    return partitions;
  }

  private static SystemStatus.PartitionStatus partition(
      Target place, List<String> members, Membership membership) {
    int id = place.partition().orElseThrow();
    Optional<Membership.Leading> leading =
        membership.leading().stream()
            .filter(it -> it.lead().process().equals(place.process()))
            .filter(it -> it.lead().partition() == id)
            .max(Comparator.comparingLong(it -> it.lead().term()));
    return new SystemStatus.PartitionStatus(
        place.process(),
        id,
        leading.map(Membership.Leading::server).orElse(""),
        members,
        leading.map(it -> it.lead().inSync()).orElse(0));
  }

  private SystemStatus.ProcessStatus process(
      Declaration<?> process,
      Plan plan,
      List<SystemStatus.ServerStatus> servers,
      List<SystemStatus.PartitionStatus> partitions) {
    Set<String> hosts = new HashSet<>();
    plan.hosts()
        .forEach((place, names) -> {
          if (place.process().equals(process.name())) {
            hosts.addAll(names);
          }
        });
    int healthy =
        (int)
            servers.stream()
                .filter(it -> hosts.contains(it.name()) && it.state() == ServerState.READY)
                .count();
    boolean led =
        partitions.stream()
            .filter(it -> it.process().equals(process.name()))
            .noneMatch(it -> it.leader().isEmpty());
    return new SystemStatus.ProcessStatus(
        process.name(),
        process.owner().name(),
        process.stateful() ? ProcessKind.STATEFUL : ProcessKind.STATELESS,
        state(healthy, hosts.size(), led),
        hosts.size(),
        healthy,
        List.of());
  }

  private static ServiceState state(int healthy, int instances, boolean led) {
    if (healthy == 0 || !led) {
      return ServiceState.DOWN;
    }
    return healthy < instances ? ServiceState.DEGRADED : ServiceState.READY;
  }

  private static ServiceState overall(
      List<SystemStatus.ServerStatus> servers, List<SystemStatus.ProcessStatus> processes) {
    if (processes.stream().anyMatch(it -> it.state() == ServiceState.DOWN)) {
      return ServiceState.DOWN;
    }
    boolean all =
        servers.stream().allMatch(it -> it.state() == ServerState.READY)
            && processes.stream().allMatch(it -> it.state() == ServiceState.READY);
    return all ? ServiceState.READY : ServiceState.DEGRADED;
  }
}
