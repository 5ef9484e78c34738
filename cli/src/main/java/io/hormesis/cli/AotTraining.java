package io.hormesis.cli;

import io.hormesis.trial.NotSteady;
import io.hormesis.trial.Trial;
import io.hormesis.trial.TrialPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Makes the start-up cache: runs a small system for a few seconds, records which classes a server
 * loads, and leaves them ready to use (JEP 483, JEP 514). Called by the launcher after a build.
 */
@Command(name = "train", hidden = true, description = "Makes the servers' start-up cache.")
final class AotTraining implements Callable<Integer> {
  /** Writing the cache takes a server many times as long as stopping. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(90);

  private static final int SERVERS = 3;
  private static final Duration READY = Duration.ofSeconds(90);

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("hormesis.home", "target/hormesis"));
    Path data = Files.createTempDirectory("hormesis-train");
    try {
      run(home, data);
    } finally {
      Folders.remove(data);
    }
    return kept(home) ? ExitStatus.DONE : ExitStatus.INTERNAL;
  }

  private static void run(Path home, Path data) throws InterruptedException {
    ApplicationJars application = ApplicationJars.open(home.resolve("apps"));
    String regions = Integer.toString(SERVERS);
    Settings settings =
        Settings.of(SettingSources.none(), "--regions", regions, "--servers", "1", "--port", "0");
    List<String> command =
        ServerCommand.of(
            SERVERS, settings.text(Setting.HEAP), Optional.of(home.resolve("start-{server}.aot")));
    View silent = new PlainView(new PrintStream(OutputStream.nullOutputStream()));
    try (RunningSystem system =
        RunningSystem.start(application, settings, data, false, command, STOP_WITHIN, silent)) {
      if (system.awaitReady(READY).isEmpty()) {
        load(application, system, silent);
      }
    }
  }

  private static void load(ApplicationJars application, RunningSystem system, View view)
      throws InterruptedException {
    try (SystemClient access = SystemClient.to(system.servers())) {
      Trial.run(
          new TrialPlan(
              new TrialPlan.Load(40, Duration.ofSeconds(3), 1, 1),
              application.workload().orElseThrow(),
              access.target(system.signals()),
              Optional.empty()),
          view);
    } catch (NotSteady notSteady) {
      System.err.println("not steady: " + notSteady.getMessage());
    }
  }

  /** Keeps the cache of the first server; the others recorded for nothing. */
  private static boolean kept(Path home) throws IOException {
    Path first = home.resolve("start-a1.aot");
    boolean made = Files.exists(first);
    if (made) {
      Files.move(first, home.resolve("start.aot"), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Stream<Path> rest = Files.list(home)) {
      for (Path one : rest.filter(it -> it.toString().matches(".*/start-.*aot.*")).toList()) {
        Files.delete(one);
      }
    }
    return made;
  }
}
