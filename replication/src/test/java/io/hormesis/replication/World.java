package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.port.Strands;
import io.microraft.model.message.RaftMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Some servers in one thread and virtual time: real replicas over memory disks and a network. */
final class World {

  static final GroupId GROUP = new GroupId("tax-desk", 0);
  static final List<String> SERVERS = List.of("a1", "b1", "c1");

  /** Something that happens at a time. */
  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** One server: its disk stays when its process dies. */
  static final class Server {
    final MemoryDisk disk = new MemoryDisk();
    @Nullable Replicas replicas;
    int incarnation;
    final List<Throwable> storeFailures = new ArrayList<>();
    final List<ReplicaStatus> changes = new ArrayList<>();
    final List<GroupId> outboxes = new ArrayList<>();
  }

  final long seed;
  final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now = 1_000_000_000L;
  private long counter;

  /** Frames that any server has sent so far. */
  long carried;

  final Map<String, Server> servers = new TreeMap<>();
  private final Set<String> blocked = new HashSet<>();
  BiPredicate<String, byte[]> lossy = (_, _) -> false;

  /** What frames to and from a server take besides. */
  final Map<String, Duration> slowness = new TreeMap<>();

  Timing timing = Timing.USUAL;
  GroupLimits limits = GroupLimits.USUAL;
  WorkaroundSwitches switches = WorkaroundSwitches.ALL;
  List<GroupPlan> plans = List.of(new GroupPlan(GROUP, SERVERS));
  String system = "system-1";

  World(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    SERVERS.forEach(name -> servers.put(name, new Server()));
  }

  Server server(String name) {
    return servers.computeIfAbsent(name, _ -> new Server());
  }

  void at(Duration delay, Runnable action) {
    events.add(new Event(now + delay.toNanos(), counter++, action));
  }

  /** Starts a server on its disk. */
  Replicas start(String name) {
    Server server = server(name);
    int incarnation = ++server.incarnation;
    BooleanSupplier alive = () -> server.incarnation == incarnation && server.replicas != null;
    ReplicasPorts ports =
        new ReplicasPorts(
            server.disk,
            strands(() -> server.incarnation == incarnation),
            clock(),
            new Random(random.nextLong()),
            (target, frame) -> {
              if (alive.getAsBoolean()) {
                carry(name, target, frame);
              }
            });
    ReplicasSettings settings = new ReplicasSettings(system, name, plans, timing, limits);
    Replicas replicas = Replicas.open(settings, ports, listener(server), switches);
    server.replicas = replicas;
    return replicas;
  }

  void startAll() {
    SERVERS.forEach(this::start);
  }

  /** A process ends at once; its disk keeps what was written, as after SIGKILL. */
  void kill(String name) {
    Server server = server(name);
    server.incarnation++;
    server.replicas = null;
  }

  /** The power of a server goes. */
  void powerOff(String name) {
    kill(name);
    server(name).disk.loseUnforced();
  }

  void evidence(String dead) {
    servers.forEach((name, server) -> {
      Replicas replicas = server.replicas;
      if (!name.equals(dead) && replicas != null) {
        replicas.processEnded(dead);
      }
    });
  }

  private ReplicasListener listener(Server server) {
    return new ReplicasListener() {
      @Override
      public void changed(ReplicaStatus status) {
        server.changes.add(status);
      }

      @Override
      public void outboxFilled(GroupId group) {
        server.outboxes.add(group);
      }

      @Override
      public void storeFailed(Throwable cause) {
        server.storeFailures.add(cause);
      }
    };
  }

  /** The messages of MicroRaft in a frame. */
  static Stream<RaftMessage> messages(byte[] frame) {
    return RaftEnvelope.unframe(frame).stream()
        .filter(it -> it.kind() == RaftEnvelope.Kind.RAFT)
        .map(it -> MessageCodec.decode("", it.payload()));
  }

  private void carry(String from, String to, byte[] frame) {
    carried++;
    if (blocked.contains(from + ">" + to) || lossy.test(from + ">" + to, frame)) {
      return;
    }
    at(
        Duration.ofNanos(200_000 + random.nextInt(800_000)).plus(slow(from)).plus(slow(to)),
        () -> {
          Replicas target = server(to).replicas;
          if (target != null && !blocked.contains(from + ">" + to)) {
            target.receive(from, frame);
          }
        });
  }

  private Duration slow(String server) {
    return slowness.getOrDefault(server, Duration.ZERO);
  }

  void isolate(String name) {
    for (String other : servers.keySet()) {
      blocked.add(name + ">" + other);
      blocked.add(other + ">" + name);
    }
  }

  void block(String from, String to) {
    blocked.add(from + ">" + to);
  }

  void heal() {
    blocked.clear();
  }

  Strands strands(BooleanSupplier alive) {
    return _ ->
        new Strand() {
          private long last;

          @Override
          public void execute(Runnable task) {
            add(now, task);
          }

          @Override
          public Timer schedule(Duration delay, Runnable task) {
            boolean[] cancelled = {false};
            at(
                delay,
                () -> {
                  if (!cancelled[0]) {
                    add(now, task);
                  }
                });
            return () -> cancelled[0] = true;
          }

          private void add(long when, Runnable task) {
            last = Math.max(when + 5_000, last + 1_000);
            at(
                Duration.ofNanos(last - now),
                () -> {
                  if (alive.getAsBoolean()) {
                    task.run();
                  }
                });
          }
        };
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.ofEpochSecond(1_700_000_000L).plusNanos(now);
      }

      @Override
      public long nanos() {
        return now;
      }
    };
  }

  void run(Duration duration) {
    long until = now + duration.toNanos();
    while (!events.isEmpty() && events.element().at() <= until) {
      step();
    }
    now = until;
  }

  private void step() {
    Event event = events.remove();
    now = Math.max(now, event.at());
    event.action().run();
  }

  /** Runs until something is so; an error when it is not within the time. */
  void until(Duration limit, String what, BooleanSupplier condition) {
    long end = now + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.element().at() > end) {
        throw new AssertionError(
            "seed %d: not within %s: %s; %s".formatted(seed, limit, what, statuses()));
      }
      step();
    }
  }

  List<ReplicaStatus> statuses() {
    List<ReplicaStatus> all = new ArrayList<>();
    servers
        .values()
        .forEach(server ->
            Optional.ofNullable(server.replicas)
                .ifPresent(replicas -> all.addAll(replicas.statuses())));
    return all;
  }

  Optional<String> leader() {
    return servers.keySet().stream()
        .filter(name -> status(name).filter(s -> s.role() == Role.LEADER).isPresent())
        .max((a, b) -> Long.compare(term(a), term(b)));
  }

  private long term(String name) {
    return status(name).map(ReplicaStatus::term).orElse(0L);
  }

  Optional<ReplicaStatus> status(String name) {
    Replicas replicas = server(name).replicas;
    return replicas == null ? Optional.empty() : Optional.of(replicas.group(GROUP).status());
  }

  String awaitLeader() {
    until(Duration.ofSeconds(10), "a leader", () -> leader().isPresent());
    return leader().orElseThrow();
  }

  /** Waits until one leads and all of these are in sync. */
  String awaitInSync(int count) {
    until(
        Duration.ofSeconds(20),
        count + " in sync",
        () -> leader().flatMap(this::status).filter(s -> s.inSync() == count).isPresent());
    return leader().orElseThrow();
  }

  Replica replica(String name) {
    Replicas replicas = server(name).replicas;
    if (replicas == null) {
      throw new AssertionError(name + " is dead");
    }
    return replicas.group(GROUP);
  }

  Change change(String key, String requestId, long expected, String state) {
    return new Change(
        key,
        requestId,
        state.getBytes(UTF_8),
        expected,
        Optional.of(state.getBytes(UTF_8)),
        ("reply to " + state).getBytes(UTF_8),
        List.of(),
        clock().now());
  }

  <T> T await(CompletableFuture<T> future) {
    until(Duration.ofSeconds(10), "an answer", future::isDone);
    return future.join();
  }

  /** Commits on the leader of the moment until it is applied; gives the version. */
  long write(String key, String requestId, long expected, String state) {
    for (int attempt = 0; attempt < 200; attempt++) {
      String leader = awaitLeader();
      CompletableFuture<Committed> answer =
          replica(leader).commit(change(key, requestId, expected, state));
      until(Duration.ofSeconds(10), "an answer", answer::isDone);
      if (!answer.isCompletedExceptionally()) {
        return switch (answer.join()) {
          case Committed.Applied applied -> applied.version();
          case Committed.Repeated _ -> expected + 1;
          default -> throw new AssertionError("seed " + seed + ": " + answer.join());
        };
      }
      run(Duration.ofMillis(50));
    }
    throw new AssertionError("seed %d: never written: %s".formatted(seed, statuses()));
  }

  /** Everybody that is up has applied what the leader has. */
  void awaitCaughtUp() {
    until(
        Duration.ofSeconds(20),
        "all caught up",
        () ->
            leader().isPresent()
                && statuses().stream().map(ReplicaStatus::commitIndex).distinct().count() == 1);
  }
}
