package io.hormesis.cli;

import io.hormesis.chaos.MonkeyPlan;
import io.hormesis.keeper.KeeperPlan;
import io.hormesis.trial.NotSteady;
import io.hormesis.trial.ReportFile;
import io.hormesis.trial.ReportTable;
import io.hormesis.trial.Trial;
import io.hormesis.trial.TrialPlan;
import io.hormesis.trial.TrialResult;
import io.hormesis.trial.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  private static final long MOST_REQUESTS = 1_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "A jar, or a folder of jars; the example when left out.")
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
      names = "--load",
      paramLabel = "N",
      description = "Sends N requests a second, whatever becomes of them.")
  Optional<Integer> load = Optional.empty();

  @Option(names = "--monkey", description = "Kills servers with SIGKILL while the load runs.")
  boolean monkey;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws load and kills; drawn itself when left out.")
  Optional<Long> seed = Optional.empty();

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the verdict as JSON.")
  Optional<Path> report = Optional.empty();

  @Override
  public Integer call() throws Exception {
    check();
    ApplicationJars application = ApplicationJars.given(app);
    Optional<Workload> workload = workload(application);
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
                application,
                settings,
                settings.dataFolder(application.application().name()).toAbsolutePath(),
                fresh,
                command,
                KeeperPlan.STOP_WITHIN,
                view)) {
      view.starting(application.application().name(), system.servers(), system.data());
      List<String> missing = system.awaitReady(READY);
      if (!missing.isEmpty()) {
        throw new UsageException(
            "all servers must be ready within %d s, but %s are not: see their logs in %s"
                .formatted(READY.toSeconds(), missing, system.data()));
      }
      view.ready(system.servers(), system.ready(), Duration.ofNanos(System.nanoTime() - start));
      return workload.isPresent() ? tried(system, workload.get(), view) : waited();
    }
  }

  private void check() {
    if (monkey && load.isEmpty()) {
      throw new UsageException(
          "--monkey must have a load to be judged by, but --load is missing: add for example --load 100");
    }
    if (load.isPresent() && (load.get() < 1 || load.get() > 10_000)) {
      throw new UsageException(
          "--load must be 1 to 10000 requests a second, but was %d: choose another number"
              .formatted(load.get()));
    }
    if (load.isPresent() && time.isPresent()) {
      checkBooks(load.get(), time.get());
    }
    if (seed.isPresent() && load.isEmpty()) {
      throw new UsageException(
          "--seed must have a load to draw, but --load is missing: add for example --load 100");
    }
    if (report.isPresent() && load.isEmpty()) {
      throw new UsageException(
          "--report must have a load to report on, but --load is missing: add for example --load 100");
    }
    report.ifPresent(Up::checkWritable);
  }

  private static void checkBooks(int perSecond, Duration time) {
    double requests = time.toMillis() / 1000.0 * perSecond;
    if (requests > MOST_REQUESTS) {
      throw new UsageException(
          "--load and --for must come to %d requests at most, whose books are kept in memory, but come to %.0f: send fewer a second or end earlier"
              .formatted(MOST_REQUESTS, requests));
    }
  }

  private static void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new UsageException(
          "--report must name a file in a folder that exists, but was %s: make the folder first"
              .formatted(file));
    }
  }

  private Optional<Workload> workload(ApplicationJars application) {
    if (load.isEmpty()) {
      return Optional.empty();
    }
    Optional<Workload> workload = application.workload();
    if (workload.isEmpty()) {
      throw new UsageException(
          "--load must have a %s in the application, but %s brings none: add one to its jar, or leave --load out"
              .formatted(Workload.class.getCanonicalName(), application.application().name()));
    }
    return workload;
  }

  private int tried(RunningSystem system, Workload workload, View view)
      throws InterruptedException, IOException {
    long drawn = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000));
    long run = System.currentTimeMillis();
    int perSecond = load.orElseThrow();
    TrialPlan.Load planned =
        time.map(it -> new TrialPlan.Load(perSecond, it, drawn, run))
            .orElseGet(() -> TrialPlan.Load.untilStopped(perSecond, drawn, run));
    try (SystemClient access = SystemClient.to(system.servers())) {
      TrialPlan plan =
          new TrialPlan(planned, workload, access.target(), strikes(system, workload, planned));
      TrialResult result = Trial.run(plan, view);
      view.verdict(ReportTable.lines(result));
      if (report.isPresent()) {
        ReportFile.write(report.get(), result.report());
      }
      return result.report().verdict().exitStatus();
    } catch (NotSteady notSteady) {
      System.err.println("hormesis: " + notSteady.getMessage());
      return ExitStatus.NOT_STEADY;
    }
  }

  private Optional<TrialPlan.Strikes> strikes(
      RunningSystem system, Workload workload, TrialPlan.Load planned) {
    if (!monkey) {
      return Optional.empty();
    }
    MonkeyPlan plan = MonkeyPlan.usual(planned.seed(), workload.target(), planned.duration());
    return Optional.of(new TrialPlan.Strikes(new MonkeyNemesis(plan), system::kill));
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
