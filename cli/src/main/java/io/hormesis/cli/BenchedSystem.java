package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.keeper.KeeperPlan;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import io.hormesis.storage.InFlightRequest;
import io.hormesis.trial.HttpStatus;
import io.hormesis.trial.LoadPhase;
import io.hormesis.trial.PhaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The example on six real servers, with a load generator beside it, while a bench measures it. */
final class BenchedSystem implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(5);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Tens of thousands of writes are kept for as long as their replies are remembered. */
  private static final String HEAP = "256m";

  private static final int WARM_RATE = 200;
  private static final int CALM_RATE = 50;
  private static final int MOST_WARM_SECONDS = 60;
  private static final int STEADY_SECONDS = 3;

  private final Path data;
  private final Map<String, Long> pids;
  private final RunningSystem system;
  private final LoadProcess load;
  private final HttpStatus status;
  private long seed;

  private BenchedSystem(Path data, Map<String, Long> pids, RunningSystem system, LoadProcess load) {
    this.data = data;
    this.pids = pids;
    this.system = system;
    this.load = load;
    this.status =
        new HttpStatus(system.servers().stream().map(ServerAddress::managementUrl).toList());
  }

  /** Starts servers and generator, and waits until the servers are ready. */
  static BenchedSystem start() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("hormesis-bench");
    Settings settings =
        Settings.of(new SettingSources(data, System.getenv()), "--port", "0", "--heap", HEAP);
    Map<String, Long> pids = new ConcurrentHashMap<>();
    RunningSystem system =
        RunningSystem.start(
            ApplicationJars.given(Optional.empty()),
            settings,
            data,
            false,
            atLowerPriority(
                ServerCommand.of(
                    settings.number(Setting.REGIONS) * settings.number(Setting.SERVERS),
                    settings.text(Setting.HEAP),
                    Optional.empty())),
            KeeperPlan.STOP_WITHIN,
            new Pids(pids));
    try {
      List<String> missing = system.awaitReady(READY);
      if (!missing.isEmpty()) {
        throw new UsageException(
            "all servers must be ready within %d s, but %s are not: end what else this machine does, and try again"
                .formatted(READY.toSeconds(), missing));
      }
      List<String> edges = system.servers().stream().map(ServerAddress::edgeUrl).toList();
      return new BenchedSystem(
          data, pids, system, LoadProcess.start(edges, System.currentTimeMillis()));
    } catch (RuntimeException | IOException | InterruptedException failure) {
      system.close();
      Folders.remove(data);
      throw failure;
    }
  }

  /**
   * A load that is to be offered must be offered: on few processors a generator beside busy servers
   * would be late by seconds, and then offers less than it says. What it takes is told.
   */
  private static List<String> atLowerPriority(List<String> command) {
    return Stream.concat(Stream.of("nice", "-n", "10"), command.stream()).toList();
  }

  /** Sends until the system holds some seconds in a row, or a minute has passed. */
  void warmUp(Duration atLeast) throws IOException {
    say("warming up");
    send("warm-up", WARM_RATE, atLeast);
    awaitSteady(WARM_RATE);
  }

  /** After a load that was too much: what is left of it must not count against the next. */
  void settle() throws IOException {
    awaitSteady(CALM_RATE);
  }

  private void awaitSteady(int perSecond) throws IOException {
    int steady = 0;
    for (int i = 0; i < MOST_WARM_SECONDS && steady < STEADY_SECONDS; i++) {
      steady = send("steady", perSecond, SECOND).held() ? steady + 1 : 0;
    }
  }

  PhaseResult send(String name, int perSecond, Duration time) throws IOException {
    return load.send(List.of(phase(name, perSecond, time)), _ -> {}).getFirst();
  }

  LoadPhase phase(String name, int perSecond, Duration time) {
    return LoadPhase.of(name, perSecond, time, ++seed);
  }

  LoadProcess generator() {
    return load;
  }

  /** What each process has taken by now: servers by their names, keeper and generator. */
  Map<String, ProcessUsage> usage() {
    Map<String, ProcessUsage> usage = new LinkedHashMap<>();
    servers().forEach(name -> usage.put(name, ProcessUsage.of(pids.getOrDefault(name, 0L))));
    usage.put(BenchCosts.KEEPER, ProcessUsage.of(ProcessHandle.current().pid()));
    usage.put(BenchCosts.GENERATOR, ProcessUsage.of(load.pid()));
    return usage;
  }

  List<String> servers() {
    return system.servers().stream().map(ServerAddress::name).toList();
  }

  Optional<SystemStatus> status() throws InterruptedException {
    return status.status();
  }

  /** Lets it be for a while. */
  static void leaveAlone(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Progress goes beside the results. */
  static void say(String what) {
    System.err.println(what);
  }

  @Override
  public void close() throws IOException {
    load.close();
    status.close();
    system.close();
    Folders.remove(data);
  }

  /** Remembers the process of each server, and tells of those that end. */
  private record Pids(Map<String, Long> pids) implements KeeperListener {

    @Override
    public void started(String server, long pid) {
      pids.put(server, pid);
    }

    @Override
    public void ended(String server, long pid, int status, boolean expected) {
      if (!expected) {
        say("server %s ended by itself with status %d".formatted(server, status));
      }
    }

    @Override
    public void endedWhileRunning(String server, List<InFlightRequest> requests) {
      say("server %s had not finished %d requests".formatted(server, requests.size()));
    }

    @Override
    public void state(String server, ServerState state, String reason) {}

    @Override
    public void waits(String server, String reason) {
      say("server %s waits: %s".formatted(server, reason));
    }

    @Override
    public void givenUp(String server, String reason) {
      say("server %s is given up for now: %s".formatted(server, reason));
    }
  }
}
