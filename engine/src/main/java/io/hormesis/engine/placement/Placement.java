package io.hormesis.engine.placement;

import io.hormesis.engine.delivery.Target;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Places an application on servers: the instances of a process lie in different regions, processes
 * declared apart never share a server while another is free, and the rest is spread evenly.
 *
 * <p>Within a region each process goes to the first server where nothing is that it must be apart
 * from; then processes move to emptier servers where that breaks no rule. The same input gives the
 * same plan on every server.
 *
 * <p>Paper: §3.1, redundancy; §3.2, isolation.
 */
public final class Placement {
  /** Members of a partition: the least number of which a majority survives the loss of one. */
  public static final int MEMBERS = 3;

  private final Application application;
  private final List<Site> joined;
  private final Set<String> draining;
  private final Map<String, List<String>> regions = new TreeMap<>();

  private Placement(
      Application application, List<Site> founders, List<Site> joined, Set<String> draining) {
    this.application = application;
    this.joined = joined;
    this.draining = draining;
    founders.stream()
        .sorted((one, other) -> one.server().compareTo(other.server()))
        .forEach(site ->
            regions.computeIfAbsent(site.region(), _ -> new ArrayList<>()).add(site.server()));
  }

  /**
   * Makes the plan of a system on the servers that it was founded with.
   *
   * @throws IllegalArgumentException when a stateful process has fewer than three servers
   */
  public static Plan of(Application application, List<Site> founders) {
    return of(application, founders, List.of(), Set.of());
  }

  /**
   * Makes the plan. Partitions stay on the founders, for their state does. A server that joined
   * runs every stateless process that it may; one that is drained runs none, while another does.
   *
   * @throws IllegalArgumentException when a stateful process has fewer than three founders
   */
  public static Plan of(
      Application application, List<Site> founders, List<Site> joined, Set<String> draining) {
    return new Placement(application, founders, joined, draining).plan();
  }

  private Plan plan() {
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    regions.values().forEach(servers -> placeRegion(servers, hosts));
    joined.forEach(site -> placeJoined(site.server(), hosts));
    Map<Target, List<String>> plan = new HashMap<>();
    for (Declaration<?> process : application.processes()) {
      List<String> chosen = hosts.getOrDefault(process.name(), List.of());
      if (process.state().isPresent()) {
        List<String> members = enough(process.name(), chosen, hosts);
        for (int partition = 0; partition < process.state().get().partitions(); partition++) {
          plan.put(Target.of(process.name(), partition), rotated(members, partition));
        }
      } else {
        plan.put(Target.of(process.name()), notDraining(chosen));
      }
    }
    return new Plan(plan);
  }

  /** Decides for one region which of its servers hosts each process. */
  private void placeRegion(List<String> servers, Map<String, List<String>> hosts) {
    Map<String, String> here = new LinkedHashMap<>();
    for (Declaration<?> process : application.processes()) {
      here.put(process.name(), firstFree(process.name(), servers, here));
    }
    spread(servers, here);
    here.forEach(
        (process, server) -> hosts.computeIfAbsent(process, _ -> new ArrayList<>()).add(server));
  }

  private void placeJoined(String server, Map<String, List<String>> hosts) {
    Map<String, String> here = new LinkedHashMap<>();
    for (Declaration<?> process : application.processes()) {
      if (!process.stateful() && mayHost(process.name(), server, here)) {
        here.put(process.name(), server);
        hosts.computeIfAbsent(process.name(), _ -> new ArrayList<>()).add(server);
      }
    }
  }

  private List<String> notDraining(List<String> chosen) {
    List<String> others = chosen.stream().filter(it -> !draining.contains(it)).toList();
    return others.isEmpty() ? chosen : others;
  }

  private String firstFree(String process, List<String> servers, Map<String, String> here) {
    return servers.stream()
        .filter(server -> mayHost(process, server, here))
        .findFirst()
        .orElseGet(() -> emptiest(servers, here));
  }

  private void spread(List<String> servers, Map<String, String> here) {
    for (String process : List.copyOf(here.keySet())) {
      String now = here.getOrDefault(process, "");
      Map<String, String> others = new LinkedHashMap<>(here);
      others.remove(process);
      servers.stream()
          .filter(server -> load(server, others) < load(now, others))
          .filter(server -> mayHost(process, server, others))
          .min((one, other) -> Long.compare(load(one, others), load(other, others)))
          .ifPresent(server -> here.put(process, server));
    }
  }

  private boolean mayHost(String process, String server, Map<String, String> here) {
    return here.entrySet().stream()
        .filter(it -> it.getValue().equals(server))
        .noneMatch(it -> apart(process, it.getKey()));
  }

  private boolean apart(String one, String other) {
    return application.apart().stream()
        .anyMatch(rule ->
            separates(rule.some(), rule.others(), one, other)
                || separates(rule.some(), rule.others(), other, one));
  }

  private static boolean separates(Set<String> some, Set<String> others, String one, String other) {
    return some.contains(one) && others.contains(other);
  }

  private static String emptiest(List<String> servers, Map<String, String> here) {
    return Collections.min(
        servers, (one, other) -> Long.compare(load(one, here), load(other, here)));
  }

  private static long load(String server, Map<String, String> here) {
    return here.values().stream().filter(server::equals).count();
  }

  /**
   * Three servers for a stateful process: in different regions when there are three, else the
   * others where nothing is that it must be apart from, as long as there are such.
   */
  private List<String> enough(
      String process, List<String> chosen, Map<String, List<String>> hosts) {
    List<String> members = new ArrayList<>(chosen);
    regions.values().stream()
        .flatMap(List::stream)
        .filter(server -> !members.contains(server))
        .sorted(Comparator.comparing(server -> disturbed(process, server, hosts)))
        .limit(Math.max(0, MEMBERS - members.size()))
        .toList()
        .forEach(members::add);
    if (members.size() < MEMBERS) {
      throw new IllegalArgumentException(
          "stateful process %s must have at least %d servers, but there are %d: start more regions or more servers in each"
              .formatted(process, MEMBERS, members.size()));
    }
    hosts.put(process, members);
    return members;
  }

  private boolean disturbed(String process, String server, Map<String, List<String>> hosts) {
    return hosts.entrySet().stream()
        .anyMatch(it -> it.getValue().contains(server) && apart(process, it.getKey()));
  }

  private static List<String> rotated(List<String> members, int by) {
    List<String> rotated = new ArrayList<>(members);
    Collections.rotate(rotated, -by);
    return rotated.subList(0, MEMBERS);
  }
}
