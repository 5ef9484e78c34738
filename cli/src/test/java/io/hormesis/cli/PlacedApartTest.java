package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.hormesis.keeper.DataFolder;
import io.hormesis.server.Redundancy;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exhausts the memory of one process's servers leaves the servers of others serving. */
@Tag("slow")
final class PlacedApartTest {
  private static final Duration REPLY = Duration.ofSeconds(5);

  /** A client asks again, and a busy machine is slow; a process that is down would stay so. */
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void archiveAndInboxAreServedWhileTheTaxDesksServersRunOutOfMemory() throws Exception {
    try (LaunchedSystem _ = LaunchedSystem.up(folder).ready();
        HttpClient client = HttpClient.newHttpClient();
        HttpStatus source = status()) {
      SystemStatus before = whole(source);
      List<SystemStatus.ServerStatus> desks = hosting(before, "tax-desk");
      List<SystemStatus.ServerStatus> archives = hosting(before, "archive");
      assertThat(desks).isNotEmpty().doesNotContainAnyElementsOf(archives);
      assertThat(archives).isEqualTo(hosting(before, "inbox"));

      // Once before, so that the first reply of a young server does not stand for its fate.
      archives.forEach(it -> awaitServed(client, it));
      Path agent = agent();
      desks.forEach(desk -> exhaust(desk.pid(), agent));
      await("the tax desk's servers end")
          .atMost(LaunchedSystem.PATIENCE)
          .until(() -> desks.stream().noneMatch(it -> runs(it.pid())));
      archives.forEach(it -> awaitServed(client, it));
      assertThat(archives).allMatch(it -> runs(it.pid()));
      whole(source);
      assertThat(Files.readString(folder.resolve("data").resolve(desks.getFirst().name() + ".log")))
          .contains("OutOfMemoryError");
    }
  }

  private HttpStatus status() {
    return new HttpStatus(
        DataFolder.read(folder.resolve("data")).orElseThrow().servers().stream()
            .map(ServerAddress::managementUrl)
            .toList());
  }

  private static SystemStatus whole(HttpStatus source) {
    return await("the system is whole")
        .atMost(LaunchedSystem.PATIENCE)
        .until(
            () -> source.status().filter(it -> Redundancy.missing(it).isEmpty()),
            Optional::isPresent)
        .orElseThrow();
  }

  private static List<SystemStatus.ServerStatus> hosting(SystemStatus status, String process) {
    return status.servers().stream().filter(it -> it.hosts().contains(process)).toList();
  }

  private static void awaitServed(HttpClient client, SystemStatus.ServerStatus server) {
    for (String path : List.of("/archive/01017012345", "/inbox/01017012345")) {
      await(server.name() + " serves " + path)
          .atMost(SERVED_WITHIN)
          .until(() -> get(client, server.edge() + path) == 200);
    }
  }

  private static int get(HttpClient client, String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(REPLY).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Loads the agent, which the virtual machine does not survive. */
  private static void exhaust(long pid, Path agent) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      machine.loadAgent(agent.toString());
    } catch (IOException ended) {
      assertThat(ended).as("the connection ends with the server").isNotNull();
    } catch (AttachNotSupportedException
        | com.sun.tools.attach.AgentLoadException
        | com.sun.tools.attach.AgentInitializationException failure) {
      throw new AssertionError("cannot load the agent into process " + pid, failure);
    }
  }

  private Path agent() throws IOException {
    Path file = folder.resolve("hungry.jar");
    String entry = HungryAgent.class.getName().replace('.', '/') + ".class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Agent-Class"), HungryAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code =
            Objects.requireNonNull(HungryAgent.class.getClassLoader().getResourceAsStream(entry))) {
      jar.putNextEntry(new JarEntry(entry));
      code.transferTo(jar);
      jar.closeEntry();
    }
    return file;
  }
}
