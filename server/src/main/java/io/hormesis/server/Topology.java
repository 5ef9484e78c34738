package io.hormesis.server;

import io.hormesis.engine.placement.Placement;
import io.hormesis.engine.placement.Plan;
import io.hormesis.engine.placement.Site;
import io.hormesis.process.Application;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The topology of a system: which servers there are, as a versioned value. The {@link Register}
 * decides it; every server is told of it as a whole, and computes from it alike what runs where.
 *
 * @param version 0 for the servers that a system was founded with, then one more with each change
 */
public record Topology(long version, List<Entry> servers) {

  public Topology {
    servers = List.copyOf(servers);
    Set<String> names = new HashSet<>();
    for (Entry entry : servers) {
      if (!names.add(entry.address().name())) {
        throw new IllegalArgumentException(
            "servers must have different names, but two are called %s: rename one"
                .formatted(entry.address().name()));
      }
    }
  }

  /**
   * One server.
   *
   * @param founder whether the system was founded with it; its members of groups stay on it
   * @param draining whether it is being emptied: nothing new is sent there
   */
  public record Entry(ServerAddress address, boolean founder, boolean draining) {}

  /** The topology that a system begins with. */
  public static Topology founded(List<ServerAddress> founders) {
    return new Topology(0, founders.stream().map(it -> new Entry(it, true, false)).toList());
  }

  /** The entry of a server; empty when there is no such server. */
  public Optional<Entry> find(String server) {
    return servers.stream().filter(it -> it.address().name().equals(server)).findFirst();
  }

  /** Names of all servers. */
  public List<String> names() {
    return servers.stream().map(it -> it.address().name()).toList();
  }

  /** Addresses of all servers. */
  public List<ServerAddress> addresses() {
    return servers.stream().map(Entry::address).toList();
  }

  /** The servers that keep the members of groups. */
  public List<Site> founders() {
    return servers.stream().filter(Entry::founder).map(Topology::site).toList();
  }

  /** The servers that have joined since. */
  public List<Site> joined() {
    return servers.stream().filter(it -> !it.founder()).map(Topology::site).toList();
  }

  /** Names of the servers that are being emptied. */
  public Set<String> draining() {
    return servers.stream()
        .filter(Entry::draining)
        .map(it -> it.address().name())
        .collect(Collectors.toSet());
  }

  /**
   * What runs where: a pure function of the topology, the same on every server. The register lies
   * beside the application's processes, and changes nothing for them.
   *
   * @throws IllegalArgumentException when application and servers do not fit each other
   */
  public Plan plan(Application application) {
    return Placement.of(Register.without(application), founders(), joined(), draining())
        .with(Register.TARGET, registrars());
  }

  /**
   * The servers that keep the register: the first of each of three regions, or of the servers when
   * there are fewer regions. Fewer than three servers have no majority that could lose one, so then
   * it is the first alone.
   */
  private List<String> registrars() {
    List<Site> founders = founders();
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> regions = new HashSet<>();
    founders.stream().filter(it -> regions.add(it.region())).forEach(it -> chosen.add(it.server()));
    founders.forEach(it -> chosen.add(it.server()));
    int members = founders.size() < Placement.MEMBERS ? 1 : Placement.MEMBERS;
    return chosen.stream().limit(members).toList();
  }

  /** The front doors that callers may use. */
  public List<String> edges() {
    return servers.stream().filter(it -> !it.draining()).map(it -> it.address().edgeUrl()).toList();
  }

  /** The next version, with one server more. */
  Topology with(ServerAddress joining) {
    List<Entry> more = new ArrayList<>(servers);
    more.add(new Entry(joining, false, false));
    return new Topology(version + 1, more);
  }

  /** The next version, in which a server is being emptied, or is not any more. */
  Topology draining(String server, boolean drains) {
    return new Topology(
        version + 1,
        servers.stream()
            .map(it ->
                it.address().name().equals(server)
                    ? new Entry(it.address(), it.founder(), drains)
                    : it)
            .toList());
  }

  /** The next version, without a server. */
  Topology without(String server) {
    return new Topology(
        version + 1, servers.stream().filter(it -> !it.address().name().equals(server)).toList());
  }

  private static Site site(Entry entry) {
    return new Site(entry.address().name(), entry.address().region());
  }
}
