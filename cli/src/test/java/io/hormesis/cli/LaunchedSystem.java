package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system that a test has started with the launcher, as a person would: {@code ./hormesis up …} in
 * a folder of its own, on free ports. Ends all that it started, also when the test fails.
 */
final class LaunchedSystem implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path folder;
  private final Process launcher;
  private final List<ProcessHandle> seen = new ArrayList<>();

  private LaunchedSystem(Path folder, Process launcher) {
    this.folder = folder;
    this.launcher = launcher;
  }

  /** Starts the launcher in a folder; its words go to files there. */
  static LaunchedSystem up(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(root().resolve("hormesis").toString(), "up", "--port", "0"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    return new LaunchedSystem(folder, process);
  }

  static Path root() {
    return Path.of(System.getProperty("hormesis.root", "..")).toAbsolutePath().normalize();
  }

  /** Waits until all servers are ready. */
  LaunchedSystem ready() {
    await().atMost(PATIENCE).until(() -> out().contains(" ready after ") || !launcher.isAlive());
    assertThat(launcher.isAlive()).as("launcher, which said: %s%s", out(), err()).isTrue();
    launcher.descendants().forEach(seen::add);
    return this;
  }

  /** Waits for the launcher's own end. */
  int exitStatus(Duration within) {
    await()
        .atMost(within)
        .until(() -> {
          servers();
          return !launcher.isAlive();
        });
    return launcher.exitValue();
  }

  Process launcher() {
    return launcher;
  }

  /** All server processes that were ever seen. */
  List<ProcessHandle> servers() {
    launcher.descendants().filter(it -> !seen.contains(it)).forEach(seen::add);
    return List.copyOf(seen);
  }

  /** What {@code data/hormesis.json} says: where the servers listen. */
  List<URI> doors(String kind) throws IOException {
    List<URI> doors = new ArrayList<>();
    JsonNode record = JSON.readTree(Files.readAllBytes(folder.resolve("data/hormesis.json")));
    for (JsonNode server : record.get("servers")) {
      doors.add(URI.create("http://127.0.0.1:" + server.get(kind).asInt()));
    }
    return doors;
  }

  /** One HTTP call; {@code body} empty makes it a GET. */
  static HttpResponse<String> call(URI door, String path, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(door.resolve(path)).timeout(Duration.ofSeconds(10));
    if (!body.isEmpty()) {
      request
          .header("Content-Type", "application/json")
          .header("Idempotency-Key", key)
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  String out() {
    return text("out");
  }

  String err() {
    return text("err");
  }

  @Override
  public void close() {
    List<ProcessHandle> all = servers();
    launcher.destroy();
    try {
      launcher.onExit().get(15, TimeUnit.SECONDS);
    } catch (Exception late) {
      launcher.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private String text(String name) {
    try {
      return Files.exists(folder.resolve(name)) ? Files.readString(folder.resolve(name)) : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
