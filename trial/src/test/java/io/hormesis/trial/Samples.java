package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.server.ProcessKind;
import io.hormesis.server.ServerState;
import io.hormesis.server.ServiceState;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import io.hormesis.server.SystemStatus.ProcessStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small things that several tests need. */
final class Samples {
  private Samples() {}

  static TrialCall.Write write(String process, String key) {
    return TrialCall.Write.post("/" + process, "{}", new ReadBackTarget(process, key));
  }

  static TrialCall.Read read(String process, String key, boolean defaultDeclared) {
    return new TrialCall.Read(
        EdgeRequest.get("/" + process + "/" + key),
        new ReadBackTarget(process, key),
        defaultDeclared,
        java.util.Optional.empty());
  }

  static EdgeReply reply(int status, String... headers) {
    var map = new java.util.HashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return new EdgeReply(status, Map.copyOf(map), "{}", URI.create("http://127.0.0.1:1"));
  }

  /** Three servers; server i leads partition i of "desk"; the stateless "guide" is on a and b. */
  static SystemStatus whole() {
    return status(List.of(1L, 2L, 3L));
  }

  /** The same with other process ids. */
  static SystemStatus status(List<Long> pids) {
    var servers = new ArrayList<ServerStatus>();
    var partitions = new ArrayList<PartitionStatus>();
    List<String> names = List.of("a1", "b1", "c1");
    for (int i = 0; i < names.size(); i++) {
      List<String> hosts = i < 2 ? List.of("desk", "guide") : List.of("desk");
      servers.add(
          new ServerStatus(
              names.get(i),
              "abc".substring(i, i + 1),
              pids.get(i),
              ServerState.READY,
              "",
              "",
              "",
              "1",
              hosts));
      partitions.add(new PartitionStatus("desk", i, names.get(i), names, 3));
    }
    var processes =
        List.of(
            new ProcessStatus(
                "desk", "team", ProcessKind.STATEFUL, ServiceState.READY, 3, 3, List.of()),
            new ProcessStatus(
                "guide", "team", ProcessKind.STATELESS, ServiceState.READY, 2, 2, List.of()));
    return new SystemStatus("s", "town", ServiceState.READY, servers, processes, partitions);
  }

  /** The same system without its stateless process. */
  static SystemStatus onlyDesk(SystemStatus status) {
    return new SystemStatus(
        status.system(),
        status.application(),
        status.state(),
        status.servers(),
        status.processes().subList(0, 1),
        status.partitions());
  }

  /** The same system with one server in another state. */
  static SystemStatus with(SystemStatus status, String server, ServerState state) {
    var servers =
        status.servers().stream()
            .map(it ->
                it.name().equals(server)
                    ? new ServerStatus(
                        it.name(), it.region(), it.pid(), state, "", "", "", "1", it.hosts())
                    : it)
            .toList();
    return new SystemStatus(
        status.system(),
        status.application(),
        ServiceState.DEGRADED,
        servers,
        status.processes(),
        status.partitions());
  }

  /** The same system with another leader of one partition. */
  static SystemStatus led(SystemStatus status, int partition, String leader, int inSync) {
    var partitions =
        status.partitions().stream()
            .map(it ->
                it.id() == partition
                    ? new PartitionStatus(it.process(), it.id(), leader, it.members(), inSync)
                    : it)
            .toList();
    return new SystemStatus(
        status.system(),
        status.application(),
        ServiceState.READY,
        status.servers(),
        status.processes(),
        partitions);
  }
}
