package io.hormesis.simulation.system;

import io.hormesis.engine.placement.Plan;
import io.hormesis.server.FrameFormatter;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.Topology;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.FaultTarget;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Overlapping;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedDisk;
import io.hormesis.simulation.SimulatedNetwork;
import io.hormesis.simulation.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All servers of a system, the network between them, and how they hear of each other's ends. */
final class SystemWorld implements FaultTarget {

  /** A server that gave up starts again after this time. */
  static final Duration RESTART = Duration.ofMillis(500);

  private static final long NEWS_NANOS_LEAST = 20_000_000;
  private static final long NEWS_NANOS_MOST = 150_000_000;
  private static final long STEP_NANOS = 1_000_000;
  private static final int VIOLATIONS_KEPT = 20;

  private final long seed;
  private final SystemPlan plan;
  private final VirtualTime time = new VirtualTime();
  private final EventLog log;
  private final SimulatedNetwork network;
  private final Dice dice;
  private final List<ServerAddress> addresses;
  private final Map<String, SimulatedServer> servers = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final ObservedHistory told;
  private @Nullable FrameFormatter text;
  private Consumer<String> crashed = _ -> {};
  private final Overlapping<Integer> load = new Overlapping<>(1);

  SystemWorld(long seed, SystemPlan plan, Optional<Consumer<String>> trace) {
    this.seed = seed;
    this.plan = plan;
    dice = Dice.of(seed, "world");
    log = trace.map(it -> EventLog.traced(time, it)).orElseGet(() -> EventLog.of(time));
    network = new SimulatedNetwork(time, Dice.of(seed, "network"), log);
    plan.times().ifPresent(_ -> network.usual(SimulatedNetwork.Quality.WHOLE));
    told = new ObservedHistory(this);
    addresses = plan.names().stream().map(SystemWorld::address).toList();
    plan.names().forEach(it -> servers.put(it, new SimulatedServer(this, it, servers.size() + 1)));
  }

  long seed() {
    return seed;
  }

  SystemPlan plan() {
    return plan;
  }

  VirtualTime time() {
    return time;
  }

  EventLog log() {
    return log;
  }

  ObservedHistory told() {
    return told;
  }

  /** Lets time go by until something is so, at most so long. */
  void runUntil(BooleanSupplier met, Duration atMost) {
    long limit = time.nanos() + atMost.toNanos();
    while (!met.getAsBoolean() && time.nanos() < limit) {
      time.runUntil(Math.min(limit, time.nanos() + STEP_NANOS));
    }
  }

  List<Violation> violations() {
    return violations;
  }

  /**
   * A promise was broken.
   *
   * @param kind which one, whatever the values
   */
  void violated(String kind, String what) {
    if (violations.size() < VIOLATIONS_KEPT) {
      violations.add(new Violation(kind, Duration.ofNanos(time.nanos()), what));
    }
  }

  /** Tells of every crash, after it. */
  void onCrash(Consumer<String> hears) {
    crashed = hears;
  }

  SimulatedServer server(String name) {
    return Optional.ofNullable(servers.get(name))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "server must be one of %s, but was \"%s\": correct it"
                    .formatted(servers.keySet(), name)));
  }

  /** Which server hosts what. */
  Plan placement() {
    return Topology.founded(addresses).plan(plan.application());
  }

  ServerSettings settings(String server) {
    boolean joins = addresses.stream().noneMatch(it -> it.name().equals(server));
    List<ServerAddress> known = new ArrayList<>(addresses);
    if (joins) {
      known.add(address(server));
    }
    return new ServerSettings(
        "simulated", server, Path.of(server), List.of(), known, joins, server(server).pid(), true);
  }

  /** Ends a server for good. */
  void remove(String name) {
    SimulatedServer gone = server(name);
    gone.crash(false);
    servers.remove(name);
  }

  /** Where a server listens; the first letter of its name is its region. */
  static ServerAddress address(String server) {
    return new ServerAddress(server, server.substring(0, 1), server, 80, 81, 82);
  }

  /** Starts a server that the system was not founded with; it waits to be let in. */
  void add(String name) {
    SimulatedServer added = new SimulatedServer(this, name, servers.size() + 1);
    servers.put(name, added);
    added.start();
  }

  /** Starts all servers, one a little after another. */
  void start() {
    for (SimulatedServer server : servers.values()) {
      time.at(dice.between(0, 200_000_000), server::start);
    }
  }

  /** Lets go of whatever still runs. */
  void leave() {
    servers.values().forEach(SimulatedServer::leave);
  }

  /** A server has begun: its doors open, and those that are up get connections to it. */
  void started(SimulatedServer server, Incarnation life) {
    String name = life.name();
    long pid = server.pid();
    time.after(
        dice.between(50_000_000, 300_000_000),
        () ->
            server
                .running()
                .filter(it -> it.life() == life)
                .ifPresent(it -> it.server().doorsAreOpen()));
    others(name)
        .forEach(other -> {
          connect(other, name, pid);
          connect(name, other, server(other).pid());
        });
  }

  /** One server connects to another's present life, and tries again while that is cut off. */
  private void connect(String from, String to, long pid) {
    time.after(
        dice.between(NEWS_NANOS_LEAST, NEWS_NANOS_MOST),
        () -> {
          if (!isUp(from) || !isUp(to) || server(to).pid() != pid) {
            return;
          }
          if (network.isCut(from, to) || network.isCut(to, from)) {
            connect(from, to, pid);
          } else {
            server(from).running().ifPresent(it -> it.server().connected(to, pid));
          }
        });
  }

  /** A message has come to its server, which may be down. */
  void deliver(NetworkMessage letter) {
    server(letter.to())
        .running()
        .ifPresentOrElse(it -> it.receive(letter.frame()), () -> lost(letter));
  }

  private void lost(NetworkMessage letter) {
    if (log.traced()) {
      log.tell("%s → %s  (lost: %s is down) %s", letter.from(), letter.to(), letter.to(), letter);
    }
  }

  /** What is in frames, for whoever reads along; made when first asked for, for it costs much. */
  FrameFormatter text() {
    FrameFormatter known = text;
    if (known == null) {
      known = new FrameFormatter(plan.application());
      text = known;
    }
    return known;
  }

  private List<String> others(String name) {
    return servers.keySet().stream().filter(it -> !it.equals(name)).toList();
  }

  @Override
  public List<String> servers() {
    return List.copyOf(servers.keySet());
  }

  @Override
  public boolean isUp(String server) {
    return server(server).isUp();
  }

  @Override
  public boolean hasJoined(String server) {
    return server(server).wasReady();
  }

  @Override
  public void crash(String server, boolean powerLoss, Duration down) {
    server(server).crash(powerLoss);
    crashed.accept(server);
    tell(server, server(server).pid());
    server(server).startAfter(down);
  }

  @Override
  public void pause(String server, Duration lasts) {
    server(server)
        .running()
        .ifPresent(it -> it.strands().pauseUntil(time.nanos() + lasts.toNanos()));
  }

  @Override
  public void resume(String server) {
    server(server).running().ifPresent(it -> it.strands().resume());
  }

  /** While it lives: the others find out by connecting again. */
  @Override
  public void spreadEvidence(String server) {
    long pid = server(server).pid();
    tell(server, pid);
    time.after(
        NEWS_NANOS_MOST,
        () -> {
          if (isUp(server) && server(server).pid() == pid) {
            others(server).forEach(other -> connect(other, server, pid));
          }
        });
  }

  /** The kernel closes the connections to a process that ended. */
  private void tell(String server, long pid) {
    for (String other : others(server)) {
      time.after(
          dice.between(NEWS_NANOS_LEAST, NEWS_NANOS_MOST),
          () -> {
            if (!network.isCut(server, other)) {
              log.tell("%s hears that %s has ended", other, server);
              server(other).running().ifPresent(it -> it.server().processEnded(server, pid));
            }
          });
    }
  }

  @Override
  public Overlapping<Integer> load() {
    return load;
  }

  @Override
  public SimulatedDisk disk(String server) {
    return server(server).disk();
  }

  @Override
  public SimulatedClock clock(String server) {
    return server(server).clock();
  }

  @Override
  public SimulatedNetwork network() {
    return network;
  }
}
