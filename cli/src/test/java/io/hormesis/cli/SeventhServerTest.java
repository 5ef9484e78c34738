package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.edge.Credential;
import io.hormesis.keeper.DataFolder;
import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerSettings;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seventh server joins six real ones while they run, serves, is drained, and leaves. */
@Tag("slow")
final class SeventhServerTest {
  private static final String WHO = "/citizens/01017012345";

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void aSeventhServerJoinsServesIsDrainedAndLeaves() throws Exception {
    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      URI management = system.doors("management").getFirst();
      ServerAddress joining = freeAddress();
      Process server = started(joining);
      try {
        assertThat(posted(management, "/servers", "", "nobody's").statusCode()).isEqualTo(401);
        assertThat(changed(management, "/servers", KeeperProtocol.line(joining)).statusCode())
            .isEqualTo(200);
        awaitState(management, "\"name\":\"a3\"", "\"state\":\"ready\"");
        assertThat(status(management))
            .containsPattern("\"name\":\"a3\"[^}]*\"hosts\":\\[\"registry\"");
        assertThat(asked(joining.edgeUrl()).statusCode()).isEqualTo(200);

        assertThat(changed(management, "/servers/a3/leave", "").statusCode()).isEqualTo(409);
        assertThat(changed(management, "/servers/a3/drain", "").statusCode()).isEqualTo(200);
        awaitState(management, "\"name\":\"a3\"", "\"state\":\"draining\"");
        assertThat(asked(joining.edgeUrl()).statusCode()).isEqualTo(200);

        assertThat(changed(management, "/servers/a3/leave", "").statusCode()).isEqualTo(200);
        await()
            .atMost(LaunchedSystem.PATIENCE)
            .until(() -> !status(management).contains("\"name\":\"a3\""));
        assertThat(asked(system.doors("edge").getLast().toString()).statusCode()).isEqualTo(200);
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private Process started(ServerAddress joining) throws IOException {
    Path data = folder.resolve("data");
    List<ServerAddress> all = new ArrayList<>(DataFolder.read(data).orElseThrow().servers());
    all.add(joining);
    ServerSettings settings =
        new ServerSettings(
            DataFolder.read(data).orElseThrow().system(),
            joining.name(),
            Files.createDirectories(data.resolve(joining.name())),
            jars(data.resolve("code")),
            all,
            true,
            7,
            true);
    Process server =
        new ProcessBuilder(ServerCommand.of(all.size(), "96m", Optional.empty()))
            .redirectError(folder.resolve("a3.log").toFile())
            .redirectOutput(folder.resolve("a3.events").toFile())
            .start();
    Writer in = server.outputWriter();
    in.write(KeeperProtocol.line(settings) + "\n");
    in.flush();
    return server;
  }

  private static List<Path> jars(Path code) throws IOException {
    try (Stream<Path> files = Files.walk(code)) {
      return files.filter(it -> it.toString().endsWith(".jar")).toList();
    }
  }

  private static ServerAddress freeAddress() throws IOException {
    try (ServerSocket edge = free();
        ServerSocket management = free();
        ServerSocket carrier = free()) {
      return new ServerAddress(
          "a3",
          "a",
          "127.0.0.1",
          edge.getLocalPort(),
          management.getLocalPort(),
          carrier.getLocalPort());
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void awaitState(URI management, String server, String state) {
    await()
        .atMost(LaunchedSystem.PATIENCE)
        .until(() ->
            Stream.of(status(management).split("\\{", -1))
                .anyMatch(it -> it.contains(server) && it.contains(state)));
  }

  private String status(URI management) throws IOException, InterruptedException {
    return sent(HttpRequest.newBuilder(management.resolve("/status")).GET()).body();
  }

  private HttpResponse<String> asked(String edge) throws IOException, InterruptedException {
    return sent(HttpRequest.newBuilder(URI.create(edge + WHO)).GET());
  }

  private HttpResponse<String> changed(URI management, String path, String body)
      throws IOException, InterruptedException {
    return posted(management, path, body, Credential.in(folder.resolve("data")).authorization());
  }

  private HttpResponse<String> posted(URI management, String path, String body, String credential)
      throws IOException, InterruptedException {
    return sent(
        HttpRequest.newBuilder(management.resolve(path))
            .header("Authorization", credential)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> sent(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
