package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any application runs: one that is built elsewhere, from the published artifacts alone. */
@Tag("slow")
class OutsideProjectTest {

  @Test
  void anApplicationBuiltElsewhereRunsAndKeepsItsPromises(@TempDir Path folder) throws Exception {
    Path jar = built(Files.createDirectory(folder.resolve("outside")));
    Path run = Files.createDirectory(folder.resolve("run"));
    try (LaunchedSystem system = LaunchedSystem.up(run, jar.toString()).ready()) {
      List<URI> edges = system.doors("edge");
      assertThat(edges).hasSize(6);
      lends(edges);
      greets(edges);
    }
  }

  /**
   * Publishes what an author needs into the local repository, and builds the application there; its
   * own tests run it in virtual time.
   */
  private static Path built(Path folder) throws IOException, InterruptedException {
    maven(LaunchedSystem.root(), "-Dquick", "install", "-pl", "process,testing", "-am");
    copy(LaunchedSystem.root().resolve("cli/src/test/resources/outside"), folder);
    maven(folder, "package");
    assertThat(folder.resolve("target/surefire-reports/TEST-town.library.TownLibraryTest.xml"))
        .content()
        .contains("tests=\"20\"", "skipped=\"0\"", "WhoeverLeadsItsPartition(Lab)[10]\"");
    return folder.resolve("target/town-library-1.jar");
  }

  private static void lends(List<URI> edges) throws IOException, InterruptedException {
    String body = "{\"book\":\"isbn-1\",\"reader\":\"ann\"}";
    HttpResponse<String> lent = LaunchedSystem.call(edges.get(0), "/loans", "k-1", body);
    assertThat(lent.statusCode()).as(lent.body()).isEqualTo(201);
    assertThat(lent.body()).contains("\"durability\":\"durable\"");
    HttpResponse<String> again = LaunchedSystem.call(edges.get(5), "/loans", "k-1", body);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(lent.body());
    String other = "{\"book\":\"isbn-1\",\"reader\":\"bob\"}";
    assertThat(LaunchedSystem.call(edges.get(3), "/loans", "k-2", other).statusCode())
        .isEqualTo(409);
    assertThat(LaunchedSystem.call(edges.get(3), "/loans", "k-1", other).statusCode())
        .isEqualTo(422);
  }

  private static void greets(List<URI> edges) throws IOException, InterruptedException {
    for (URI edge : edges) {
      HttpResponse<String> greeting = LaunchedSystem.call(edge, "/greetings/ann", "", "");
      assertThat(greeting.statusCode()).as(greeting.body()).isEqualTo(200);
    }
  }

  private static void maven(Path folder, String... goals) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "--batch-mode", "-q"));
    command.addAll(List.of(goals));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("target-maven.log").toFile());
    int status = builder.start().waitFor();
    String log = Files.readString(folder.resolve("target-maven.log"));
    Files.delete(folder.resolve("target-maven.log"));
    assertThat(status).as("mvn %s said: %s", List.of(goals), log).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        Files.createDirectories(target.getParent());
        Files.copy(one, target);
      }
    }
  }
}
