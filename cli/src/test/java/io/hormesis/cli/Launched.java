package io.hormesis.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a process of its own, with the example's servers; ends all that it started. */
final class Launched implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Path ROOT =
      Path.of(System.getProperty("hormesis.root", "..")).toAbsolutePath();

  final Path data;
  private final Path output;
  private final Process process;
  private List<Long> servers = List.of();

  private Launched(Path folder, Process process, Path output) {
    this.data = folder.resolve("data");
    this.process = process;
    this.output = output;
  }

  /** Starts {@code up} on free ports and on data in a folder. */
  static Launched up(Path folder, String... options) throws IOException {
    Path output = folder.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                ROOT.resolve("hormesis").toString(),
                "up",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Launched(folder, process, output);
  }

  /** Waits until all six servers are ready. */
  Launched awaitReady() {
    awaitLine("6 of 6 ready after .*");
    servers = process.children().map(ProcessHandle::pid).toList();
    return this;
  }

  void awaitLine(String form) {
    await(form)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .failFast("the launcher has ended: see " + output, () -> !process.isAlive() && !told(form))
        .until(() -> told(form));
  }

  long pid() {
    return process.pid();
  }

  /** The processes of the servers when they were ready. */
  List<Long> servers() {
    return servers;
  }

  String text() throws IOException {
    return Files.readString(output);
  }

  /** Sends the launcher a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
  }

  /** Waits for the launcher's end, and gives its exit status. */
  int awaitEnd() throws InterruptedException, IOException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the launcher does not end: " + text());
    }
    return process.exitValue();
  }

  static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    servers.forEach(pid -> ProcessHandle.of(pid).ifPresent(all::add));
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean told(String form) throws IOException {
    return text().lines().anyMatch(it -> it.matches(form));
  }
}
