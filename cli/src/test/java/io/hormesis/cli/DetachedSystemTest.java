package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system in the background, of one server, as real processes of the launcher. */
@Tag("slow")
final class DetachedSystemTest {
  @TempDir Path folder;
  private Path data;
  private Path jar;

  @BeforeEach
  void application() throws IOException {
    data = folder.resolve("data");
    Path classes = OutsideJar.compiled("lone", folder.resolve("classes"));
    OutsideJar.name(classes, io.hormesis.process.Application.Source.class, "lone.Lone");
    jar = OutsideJar.of(folder.resolve("lone.jar"), classes);
  }

  @AfterEach
  void end() throws Exception {
    if (Files.exists(data.resolve("hormesis.json"))) {
      launch("down", "--data", data.toString());
    }
  }

  @Test
  void itOutlivesTheShellThatStartedItAndEndsWhenAsked() throws Exception {
    Launch up = up("--detach");
    assertThat(up.status()).as(up.said()).isZero();
    assertThat(up.said())
        .contains(
            "hormesis: one server survives no loss",
            "lone runs in the background, kept by process ",
            "stop it: ./hormesis down --data " + data,
            "see a log: ./hormesis logs a1 --data " + data);
    KeeperRecord record = KeeperRecord.read(data).orElseThrow();
    statusIsReady();
    assertThat(launch("logs", "keeper", "--data", data.toString()).said())
        .contains("a1 is ready", "1 of 1 ready after ");
    assertThat(up("--detach").said()).contains("is locked by a running system");

    signal(record.keeper(), "HUP");
    signal(record.keeper(), "INT");
    aServerThatIsKilledComesBack(record);

    Launch down = launch("down", "--data", data.toString());
    assertThat(down.said().lines())
        .containsExactly(
            "stopping lone (process %d)".formatted(record.keeper().pid()), "lone is stopped");
    assertThat(record.keeper().running()).isEmpty();
    assertThat(KeeperRecord.read(data)).isEmpty();
    assertThat(launch("down", "--data", data.toString()).said())
        .contains("there is nothing to stop");
  }

  @Test
  void oneThatCannotStartSaysWhyAndLeavesNothing() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Launch up =
          launch(
              "up",
              jar.toString(),
              "--detach",
              "--regions",
              "1",
              "--servers",
              "1",
              "--port",
              Integer.toString(port),
              "--data",
              data.toString());
      assertThat(up.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(up.said())
          .contains("hormesis: port %d must be free for the edge of server a1".formatted(port))
          .doesNotContain("runs in the background");
      assertThat(KeeperRecord.read(data)).isEmpty();
    }
  }

  @Test
  void theNextOneWaitsForTheServersOfAKilledLauncher() throws Exception {
    assertThat(up("--detach").status()).isZero();
    KeeperRecord record = KeeperRecord.read(data).orElseThrow();
    ProcessMark server = record.servers().getOrDefault("a1", record.keeper());
    // It would end at once, before anybody can wait for it.
    signal(server, "STOP");
    signal(record.keeper(), "KILL");
    assertThat(record.keeper().awaitEnd(LaunchedSystem.PATIENCE)).isTrue();
    Path said = folder.resolve("second");
    Process second = process(said, upWords("--detach")).start();
    await()
        .atMost(LaunchedSystem.PATIENCE)
        .until(() -> Files.readString(said).contains("waiting for a1 (process " + server.pid()));
    signal(server, "CONT");
    assertThat(second.waitFor()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).contains("lone runs in the background");
    assertThat(server.running()).isEmpty();
  }

  /** Its jar is no jar any more, but it runs a copy. */
  private void aServerThatIsKilledComesBack(KeeperRecord record) throws Exception {
    ProcessMark server = record.servers().getOrDefault("a1", record.keeper());
    Files.writeString(jar, "half a jar");
    signal(server, "KILL");
    await()
        .atMost(LaunchedSystem.PATIENCE)
        .until(() ->
            KeeperRecord.read(data)
                .map(KeeperRecord::servers)
                .filter(it -> !it.isEmpty() && !it.containsValue(server))
                .isPresent());
    statusIsReady();
    assertThat(record.keeper().running()).isPresent();
  }

  private void statusIsReady() {
    await()
        .atMost(LaunchedSystem.PATIENCE)
        .until(() -> launch("status", "--data", data.toString()).said().contains("lone is ready"));
  }

  private record Launch(int status, String said) {}

  private Launch up(String... more) throws Exception {
    return launch(upWords(more).toArray(String[]::new));
  }

  private List<String> upWords(String... more) {
    List<String> words = new ArrayList<>(List.of("up", jar.toString(), "--regions", "1"));
    words.addAll(List.of("--servers", "1", "--port", "0", "--data", data.toString()));
    words.addAll(List.of(more));
    return words;
  }

  private Launch launch(String... words) throws Exception {
    Path said = folder.resolve("said");
    int status = process(said, List.of(words)).start().waitFor();
    return new Launch(status, Files.readString(said));
  }

  private ProcessBuilder process(Path said, List<String> words) {
    List<String> command =
        new ArrayList<>(List.of(LaunchedSystem.root().resolve("hormesis").toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    return builder;
  }

  private static void signal(ProcessMark process, String name) throws Exception {
    assertThat(process.running()).isPresent();
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
