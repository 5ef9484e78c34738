package io.hormesis.cli;

import io.hormesis.keeper.KeeperPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts an application as real servers and, when asked, loads it and breaks it. */
@Command(
    name = "up",
    description =
        """
        Starts an application as real servers, each a process of its own on this machine, \
        and runs until Ctrl-C or the time is up. Exit status: 0 held, 2 usage, 3 a promise was \
        broken, 4 inconclusive, 6 the system was not steady before the load.\
        """,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Up implements Callable<Integer> {
  private static final Duration READY = Duration.ofSeconds(90);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description =
          "A jar, a folder of jars, or a folder with a pom.xml, which is built; the example when left out.")
  Optional<Path> app = Optional.empty();

  @Mixin Settings settings = new Settings();

  @Option(names = "--fresh", description = "Removes what an earlier run left in the data folder.")
  boolean fresh;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long, such as 60s; until Ctrl-C when left out.")
  Optional<Duration> time = Optional.empty();

  @Option(
      names = "--detach",
      description = "Runs in the background, until ./hormesis down or the time is up.")
  boolean detach;

  @Mixin LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws Exception {
    check();
    ApplicationJars application = ApplicationJars.given(app);
    checkFits(application);
    Path folder = settings.dataFolder(application.application().name()).toAbsolutePath();
    if (detach) {
      return new Detached(folder, spec.commandLine().getOut())
          .start(application, settings, fresh, time);
    }
    return run(application, folder);
  }

  private int run(ApplicationJars application, Path folder)
      throws InterruptedException, IOException {
    View view = View.create();
    List<String> command =
        ServerCommand.of(
            settings.number(Setting.REGIONS) * settings.number(Setting.SERVERS),
            settings.text(Setting.HEAP),
            Optional.empty());
    long start = System.nanoTime();
    try (view;
        RunningSystem system =
            RunningSystem.start(
                application, settings, folder, fresh, command, KeeperPlan.STOP_WITHIN, view)) {
      view.starting(application.application().name(), system.servers(), system.data());
      List<String> missing = system.awaitReady(READY);
      if (!missing.isEmpty()) {
        throw new UsageException(
            "all servers must be ready within %d s, but %s are not: see their logs in %s"
                .formatted(READY.toSeconds(), missing, system.data()));
      }
      view.ready(system.servers(), system.ready(), Duration.ofNanos(System.nanoTime() - start));
      return load.given() ? load.run(system, time, view) : waited();
    }
  }

  private void check() {
    load.check(time);
    if (detach && load.given()) {
      throw new UsageException(
          "--detach must come without --load, whose verdict nobody would see, but came with it: leave out one of the two");
    }
  }

  private void checkFits(ApplicationJars application) {
    ServerCount count = ServerCount.of(settings);
    count.check(application.application());
    if (load.given()) {
      load.workload(application);
    }
    count.warning().ifPresent(it -> spec.commandLine().getErr().println("hormesis: " + it));
  }

  private int waited() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (time.isPresent()) {
      never.await(time.get().toNanos(), TimeUnit.NANOSECONDS);
    } else {
      never.await();
    }
    return ExitStatus.DONE;
  }
}
