package io.hormesis.keeper;

import static org.awaitility.Awaitility.await;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A keeper with fake servers, and all that it told; ends what it started. */
final class Town implements AutoCloseable, KeeperListener {
  static final Duration LIMIT = Duration.ofSeconds(60);

  final Keeper keeper;
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Long> pids = new CopyOnWriteArrayList<>();
  private final Path data;

  private Town(Path data, int regions, List<String> habits, FreeSpace space) {
    this.data = data;
    this.keeper = Keeper.start(plan(data, regions, habits), this, space);
  }

  static Town of(Path data, int regions, String... habits) {
    return new Town(data, regions, List.of(habits), FreeSpace.ofTheDisk());
  }

  /** One on a disk that has as much room as the test says. */
  static Town on(FreeSpace space, Path data, int regions, String... habits) {
    return new Town(data, regions, List.of(habits), space);
  }

  static KeeperPlan plan(Path data, int regions, List<String> habits) {
    List<ServerAddress> servers = PortPlan.of(regions, 1, 7400);
    List<String> command = new ArrayList<>(java());
    command.add(FakeServer.class.getName());
    command.addAll(habits);
    return new KeeperPlan(
        "4711", data, List.of(Path.of("app.jar")), servers, command, Duration.ofSeconds(2), true);
  }

  /** A Java command line with the class path of this test. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"));
  }

  Town awaitReady() {
    awaitThat(
        "all are ready",
        () -> keeper.servers().stream().allMatch(it -> it.state() == ServerState.READY));
    return this;
  }

  void awaitTold(String what) {
    awaitThat(what, () -> told.contains(what));
  }

  void awaitToldLike(String form) {
    awaitThat(form, () -> told.stream().anyMatch(it -> it.matches(form)));
  }

  static void awaitThat(String what, Callable<Boolean> condition) {
    await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  ServerProcess server(String name) {
    return keeper.servers().stream()
        .filter(it -> it.server().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The settings that one incarnation was given. */
  ServerSettings settings(String server, long pid) throws IOException {
    return KeeperProtocol.settings(
        Files.readString(data.resolve(server).resolve("settings-" + pid)));
  }

  /** What one incarnation has heard so far. */
  List<KeeperCommand> words(String server, long pid) throws IOException {
    Path file = data.resolve(server).resolve("words-" + pid);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(KeeperProtocol::word).flatMap(it -> it.stream()).toList();
    }
  }

  @Override
  public void started(String server, long pid) {
    pids.add(pid);
    told.add(server + " started");
  }

  @Override
  public void ended(String server, long pid, int status, boolean expected) {
    told.add("%s ended %d%s".formatted(server, status, expected ? " as expected" : ""));
  }

  @Override
  public void endedWhileRunning(String server, List<InFlightRequest> requests) {
    told.add("%s ran %s".formatted(server, InFlightRequest.shown(requests)));
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    told.add(server + " is " + state.word());
  }

  @Override
  public void waits(String server, String reason) {
    told.add(server + " waits: " + reason);
  }

  @Override
  public void givenUp(String server, String reason) {
    told.add(server + " is given up: " + reason);
  }

  @Override
  public void close() {
    keeper.close();
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
