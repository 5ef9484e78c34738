package io.hormesis.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.server.KeeperWord;
import io.hormesis.server.Lines;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
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
  private static final int MOST_WORDS = 1000;

  private final Process process;
  private final BlockingQueue<String> words = new LinkedBlockingQueue<>(MOST_WORDS);
  private volatile boolean ordered;
  private volatile long memberUid;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param events takes what it tells, one at a time, until it ends
   */
  static Child start(
      List<String> command, Path log, ServerSettings settings, Consumer<ServerEvent> events)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Child child = new Child(builder.start());
    child.words.add(Lines.line(settings));
    String name = settings.server();
    Thread.ofVirtual().name("to-" + name).start(child::write);
    Thread.ofVirtual().name("from-" + name).start(() -> child.read(events));
    return child;
  }

  long pid() {
    return process.pid();
  }

  /** Its id as a member of the cluster; 0 before it told one. */
  long memberUid() {
    return memberUid;
  }

  boolean ordered() {
    return ordered;
  }

  /** Says a word; one that the process is too slow to hear is left out. */
  void say(KeeperWord word) {
    if (!words.offer(Lines.line(word))) {
      LOG.warn("process {} does not listen", process.pid());
    }
  }

  /** Ends it like a crash: SIGKILL. */
  void kill() {
    ordered = true;
    process.destroyForcibly();
  }

  /** Asks it to stop in order. */
  void stop() {
    ordered = true;
    say(new KeeperWord.Stop());
  }

  /** Waits for its end; false when the time is up before. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  void onEnd(Consumer<Integer> then) {
    var _ = process.onExit().thenAccept(it -> then.accept(it.exitValue()));
  }

  private void write() {
    try (BufferedWriter in = process.outputWriter(UTF_8)) {
      while (process.isAlive()) {
        String word = words.poll(1, TimeUnit.SECONDS);
        if (word != null) {
          in.write(word);
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
      out.lines().flatMap(line -> Lines.event(line).stream()).forEach(event -> take(event, events));
    } catch (IOException | UncheckedIOException ended) {
      LOG.debug("process {} tells no more: {}", process.pid(), ended.toString());
    }
  }

  private void take(ServerEvent event, Consumer<ServerEvent> events) {
    if (event instanceof ServerEvent.Started started) {
      memberUid = started.memberUid();
    }
    events.accept(event);
  }
}
