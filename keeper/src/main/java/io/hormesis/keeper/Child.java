package io.hormesis.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of one server: its parent holds its standard input, and with it its life. What it
 * prints as errors goes to a file.
 */
final class Child {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);
  private static final int MOST_COMMANDS = 1000;
  private static final long LAST_EVENTS_MILLIS = 1000;

  /**
   * Ctrl-C and a closed terminal reach every process of the terminal, but only the keeper is to
   * hear them: it stops its servers in order. A signal that is ignored stays so in what is executed
   * next, which takes the place of this shell and keeps its process id.
   */
  private static final List<String> DEAF_TO_THE_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "server");

  private final Process process;
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>(MOST_COMMANDS);
  private final CompletableFuture<Void> lastEvent = new CompletableFuture<>();
  private volatile boolean expected;
  private final long incarnation;

  private Child(Process process, long incarnation) {
    this.process = process;
    this.incarnation = incarnation;
  }

  /**
   * Starts a process.
   *
   * @param log takes what it prints as errors, after what is there already
   * @param events takes what it tells, one at a time, until it ends
   */
  static Child start(
      List<String> command, Path log, ServerSettings settings, Consumer<ServerEvent> events)
      throws IOException {
    List<String> wrapped = new ArrayList<>(DEAF_TO_THE_TERMINAL);
    wrapped.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(wrapped);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Child child = new Child(builder.start(), settings.incarnation());
    child.commands.add(KeeperProtocol.line(settings));
    String name = settings.server();
    Thread.ofVirtual().name("to-" + name).start(child::write);
    Thread.ofVirtual().name("from-" + name).start(() -> child.read(events));
    return child;
  }

  long pid() {
    return process.pid();
  }

  /** Which life of its server it is. */
  long incarnation() {
    return incarnation;
  }

  /** Whether somebody asked for its end. */
  boolean expected() {
    return expected;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Sends a command; one that the process is too slow to read is left out. */
  void send(KeeperCommand command) {
    if (!commands.offer(KeeperProtocol.line(command))) {
      LOG.warn("process {} does not read its commands", process.pid());
    }
  }

  /** Ends it like a crash: SIGKILL. */
  void kill() {
    expected = true;
    process.destroyForcibly();
  }

  /** Asks it to stop in order. */
  void stop() {
    expected = true;
    send(new KeeperCommand.Stop());
  }

  /** Waits for its end; false when the time is up before. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return process.waitFor(Math.max(1, nanos), TimeUnit.NANOSECONDS);
  }

  /**
   * Tells of its end.
   *
   * @param atOnce called when the process has ended
   * @param afterLastEvent called after that and after everything that it told has been heard
   */
  void onEnd(Consumer<Integer> atOnce, Consumer<Integer> afterLastEvent) {
    var _ =
        process
            .onExit()
            .thenApply(Process::exitValue)
            .whenComplete((status, _) -> atOnce.accept(status))
            .thenCompose(status ->
                lastEvent
                    .completeOnTimeout(null, LAST_EVENTS_MILLIS, TimeUnit.MILLISECONDS)
                    .thenApply(_ -> status))
            .thenAccept(afterLastEvent);
  }

  private void write() {
    try (BufferedWriter in = process.outputWriter(UTF_8)) {
      while (process.isAlive()) {
        String command = commands.poll(1, TimeUnit.SECONDS);
        if (command != null) {
          in.write(command);
          in.newLine();
          in.flush();
        }
      }
    } catch (IOException | InterruptedException ended) {
      LOG.debug("process {} hears no more: {}", process.pid(), ended.toString());
    }
  }

  private void read(Consumer<ServerEvent> events) {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      out.lines().forEach(line -> take(line, events));
    } catch (IOException | UncheckedIOException ended) {
      LOG.debug("process {} tells no more: {}", process.pid(), ended.toString());
    } finally {
      lastEvent.complete(null);
    }
  }

  private void take(String line, Consumer<ServerEvent> events) {
    ServerEvent event = KeeperProtocol.event(line).orElse(null);
    if (event == null) {
      LOG.debug("process {} printed: {}", process.pid(), line);
      return;
    }
    events.accept(event);
  }
}
