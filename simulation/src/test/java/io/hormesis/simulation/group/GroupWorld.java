package io.hormesis.simulation.group;

import io.hormesis.replication.GroupId;
import io.hormesis.replication.GroupLimits;
import io.hormesis.replication.GroupPlan;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.ReplicasSettings;
import io.hormesis.replication.Timing;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.FaultTarget;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.Overlapping;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedDisk;
import io.hormesis.simulation.SimulatedNetwork;
import io.hormesis.simulation.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Three servers, the network between them, and what anybody outside of them knows. */
final class GroupWorld implements FaultTarget {

  /** A server that gave up starts again after this time. */
  static final Duration RESTART = Duration.ofMillis(500);

  private static final Duration LATE_LEAST = Duration.ofMillis(300);

  static final GroupId DESK = new GroupId("desk", 0);
  static final GroupId BOX = new GroupId("box", 0);
  private static final List<String> SERVERS = List.of("a1", "b1", "c1");
  private static final List<Integer> SNAPSHOTS = List.of(20, 50, 100, 400);

  private final long seed;
  private final GroupProfile profile;
  private final VirtualTime time = new VirtualTime();
  private final EventLog log;
  private final SimulatedNetwork network;
  private final GroupBooks books = new GroupBooks();
  private final Map<String, GroupServer> servers = new LinkedHashMap<>();
  private final Dice dice;
  private final boolean evidenceSpreads;
  private final int snapshotEvery;
  private Optional<String> deadForGood = Optional.empty();
  private Optional<String> wiped = Optional.empty();
  private long crashes;
  private final Overlapping<Integer> load = new Overlapping<>(1);

  GroupWorld(long seed, GroupProfile profile, Optional<Consumer<String>> trace) {
    this.seed = seed;
    this.profile = profile;
    dice = Dice.of(seed, "world");
    log = trace.map(t -> EventLog.traced(time, t)).orElseGet(() -> EventLog.of(time));
    network = new SimulatedNetwork(time, Dice.of(seed, "network"), log);
    evidenceSpreads = dice.chance(0.5);
    int drawn = dice.pick(SNAPSHOTS);
    snapshotEvery = profile.snapshotEvery() > 0 ? profile.snapshotEvery() : drawn;
    SERVERS.forEach(name -> servers.put(name, new GroupServer(this, name)));
    if (profile.has(GroupProfile.Trait.SLOW_DISKS)) {
      SERVERS.forEach(name -> disk(name).forceTakes(Duration.ofMillis(5), Duration.ofMillis(40)));
    }
  }

  long seed() {
    return seed;
  }

  GroupProfile profile() {
    return profile;
  }

  VirtualTime time() {
    return time;
  }

  EventLog log() {
    return log;
  }

  GroupBooks books() {
    return books;
  }

  long crashes() {
    return crashes;
  }

  boolean boxed() {
    return !profile.has(GroupProfile.Trait.ALONE);
  }

  /** The group that a request is for. */
  static GroupId groupOf(GroupAsk.Write write) {
    return write instanceof GroupAsk.Keep ? BOX : DESK;
  }

  List<GroupId> groups() {
    return boxed() ? List.of(DESK, BOX) : List.of(DESK);
  }

  GroupServer server(String name) {
    GroupServer server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException(
          "server must be one of %s, but was \"%s\": correct it".formatted(SERVERS, name));
    }
    return server;
  }

  String anyServer() {
    return dice.pick(SERVERS);
  }

  /** Whom to ask next, when a server gives no answer that helps. */
  String serverAfter(String server) {
    return SERVERS.get((SERVERS.indexOf(server) + 1) % SERVERS.size());
  }

  ReplicasSettings settings(String server) {
    List<GroupPlan> plans =
        List.of(new GroupPlan(DESK, SERVERS), new GroupPlan(BOX, List.of("b1", "c1", "a1")));
    return new ReplicasSettings(
        "simulated",
        server,
        boxed() ? plans : plans.subList(0, 1),
        Timing.USUAL,
        GroupLimits.USUAL.withSnapshotEvery(snapshotEvery));
  }

  /** Starts all servers, one a little after another. */
  void start() {
    for (GroupServer server : servers.values()) {
      time.at(dice.between(0, 200_000_000), server::start);
    }
  }

  /** Sends a request to a server; its answer comes back once, twice or never. */
  void ask(Incarnation from, String to, GroupAsk ask, Consumer<GroupAnswer> hear) {
    network.send(
        from,
        to,
        ask.hashCode(),
        () ->
            server(to)
                .running()
                .ifPresent(there ->
                    there.take(
                        ask,
                        answer ->
                            network.send(
                                there.life(),
                                from.name(),
                                ask.hashCode(),
                                () -> {
                                  if (!from.ended()) {
                                    hear.accept(answer);
                                  }
                                }))));
  }

  void deliver(String from, String to, byte[] frame) {
    server(to).running().ifPresent(there -> there.receive(from, frame));
  }

  void taskFailed(String server, Throwable failure) {
    books.violated("a task of %s failed: %s".formatted(server, Origin.of(failure)));
  }

  /** From now on this server stays down, once it is down. */
  void bury(String server) {
    deadForGood = Optional.of(server);
    if (isUp(server)) {
      crash(server, true, Duration.ZERO);
    }
  }

  /** From now on what this server says is late, by 0.3 s to {@code most}; ends with the result. */
  Runnable slowDown(String server, Duration most) {
    Duration by = dice.between(LATE_LEAST, most);
    return network.slow((from, _) -> from.equals(server), by, () -> {});
  }

  /** The same for all of them. */
  Runnable slowDownAll(Duration most) {
    List<Runnable> ends = SERVERS.stream().map(server -> slowDown(server, most)).toList();
    return () -> ends.forEach(Runnable::run);
  }

  /** A server loses its power and its disk; to be called for one server at most. */
  void loseDisk(String server, Duration down) {
    wiped = Optional.of(server);
    crash(server, true, down);
    disk(server).lose();
  }

  /** The server whose disk was lost. */
  Optional<String> wiped() {
    return wiped;
  }

  /** The servers that must be whole in the end: not the dead one, nor that without its disk. */
  List<GroupServer> living() {
    return servers.entrySet().stream()
        .filter(entry -> !deadForGood.equals(Optional.of(entry.getKey())))
        .filter(entry -> !wiped.equals(Optional.of(entry.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public List<String> servers() {
    return SERVERS;
  }

  @Override
  public boolean isUp(String server) {
    return server(server).isUp();
  }

  /** While it is up. */
  @Override
  public boolean hasJoined(String server) {
    return server(server)
        .running()
        .filter(running ->
            groups().stream()
                .map(group -> running.member(group).status())
                .mapToLong(ReplicaStatus::commitIndex)
                .allMatch(index -> index > 0))
        .isPresent();
  }

  @Override
  public void crash(String server, boolean powerLoss, Duration down) {
    crashes++;
    server(server).crash(powerLoss);
    if (evidenceSpreads) {
      time.after(dice.between(20_000_000, 60_000_000), () -> spreadEvidence(server));
    }
    time.after(
        down.toNanos(),
        () -> {
          if (!deadForGood.equals(Optional.of(server))) {
            server(server).start();
          }
        });
  }

  @Override
  public void pause(String server, Duration lasts) {
    server(server)
        .running()
        .ifPresent(present -> present.pauseUntil(time.nanos() + lasts.toNanos()));
  }

  @Override
  public void resume(String server) {
    server(server).running().ifPresent(GroupRun::resume);
  }

  @Override
  public void spreadEvidence(String server) {
    servers.forEach((name, other) -> {
      if (!name.equals(server)) {
        other.running().ifPresent(present -> present.processEnded(server));
      }
    });
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
