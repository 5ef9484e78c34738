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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
  /** Citizens of every partition. */
  private static final int CITIZENS = 20;

  private static final Executor LOADERS = it -> Thread.ofPlatform().daemon().start(it);

  @TempDir Path folder;

  @Test
  void archiveAndInboxAreServedWhileTheTaxDesksServersRunOutOfMemory() throws Exception {
    try (LaunchedSystem _ = LaunchedSystem.up(folder).ready();
        HttpStatus source = status()) {
      SystemStatus before = whole(source);
      List<SystemStatus.ServerStatus> desks = instances(before, "tax-desk");
      List<SystemStatus.ServerStatus> archives = instances(before, "archive");
      assertThat(desks).isNotEmpty().doesNotContainAnyElementsOf(archives);
      assertThat(archives).isEqualTo(instances(before, "inbox"));
      assertThat(desks).containsAll(instances(before, "registry"));

      try (SteadyAsking asking = SteadyAsking.of(questions(archives))) {
        await("every question was asked once")
            .until(() -> asking.count() > questions(archives).size());
        Path agent = agent();
        long hungry = System.nanoTime();
        exhaust(desks, agent);
        await("the tax desk's servers end")
            .atMost(LaunchedSystem.PATIENCE)
            .until(() -> desks.stream().noneMatch(it -> runs(it.pid())));
        long gone = System.nanoTime();
        whole(source);
        long whole = System.nanoTime();

        List<SteadyAsking.Answer> answers = asking.answers();
        print(answers, hungry, gone, whole);
        assertThat(answers).filteredOn(it -> !it.outcome().equals("200")).isEmpty();
        assertThat(answers).anyMatch(it -> it.sentWithin(hungry, gone));
        assertThat(answers).anyMatch(it -> it.sentWithin(gone, whole));
      }
      assertThat(archives).allMatch(it -> runs(it.pid()));
      for (SystemStatus.ServerStatus desk : desks) {
        assertThat(Files.readString(folder.resolve("data").resolve(desk.name() + ".log")))
            .contains("OutOfMemoryError");
      }
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

  private static List<SystemStatus.ServerStatus> instances(SystemStatus status, String process) {
    return status.servers().stream().filter(it -> it.hosts().contains(process)).toList();
  }

  /** What the edges of some servers are asked, in turn. */
  private static List<URI> questions(List<SystemStatus.ServerStatus> servers) {
    List<URI> questions = new ArrayList<>();
    for (int citizen = 0; citizen < CITIZENS; citizen++) {
      for (String process : List.of("archive", "inbox")) {
        String edge = servers.get(questions.size() % servers.size()).edge();
        questions.add(URI.create("%s/%s/0101701%04d".formatted(edge, process, citizen)));
      }
    }
    return questions;
  }

  private static void print(List<SteadyAsking.Answer> answers, long hungry, long gone, long whole) {
    System.out.printf(
        "asked %d, %d of them while memory ran out (%d ms), %d until the system was whole (%d ms); slowest answer %d ms%n",
        answers.size(),
        answers.stream().filter(it -> it.sentWithin(hungry, gone)).count(),
        (gone - hungry) / 1_000_000,
        answers.stream().filter(it -> it.sentWithin(gone, whole)).count(),
        (whole - gone) / 1_000_000,
        answers.stream().mapToLong(SteadyAsking.Answer::nanos).max().orElseThrow() / 1_000_000);
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Loads the agent into all of them at once, which no virtual machine survives. */
  private static void exhaust(List<SystemStatus.ServerStatus> servers, Path agent) {
    List<CompletableFuture<Void>> ends =
        servers.stream()
            .map(it -> CompletableFuture.runAsync(() -> exhaust(it.pid(), agent), LOADERS))
            .toList();
    ends.forEach(CompletableFuture::join);
  }

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
