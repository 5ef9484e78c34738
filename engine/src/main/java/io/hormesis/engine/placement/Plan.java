package io.hormesis.engine.placement;

import io.hormesis.engine.delivery.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which server hosts what.
 *
 * @param hosts the servers of each place: of a stateless process its instances, of a partition its
 *     members, the one that should lead first
 */
public record Plan(Map<Target, List<String>> hosts) {

  public Plan {
    hosts = Map.copyOf(hosts);
  }

  /** The same plan with one target more. */
  public Plan with(Target target, List<String> servers) {
    Map<Target, List<String>> more = new HashMap<>(hosts);
    more.put(target, servers);
    return new Plan(more);
  }

  /** The targets that a server hosts. */
  public Set<Target> targetsOf(String server) {
    return hosts.entrySet().stream()
        .filter(it -> it.getValue().contains(server))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Names of the processes that a server hosts, sorted. */
  public List<String> processesOf(String server) {
    return hosts.entrySet().stream()
        .filter(it -> it.getValue().contains(server))
        .map(it -> it.getKey().process())
        .distinct()
        .sorted()
        .toList();
  }
}
