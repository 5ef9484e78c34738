package io.hormesis.cli;

import io.hormesis.chaos.MonkeyPlan;
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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** The options by which a system is loaded and broken while it runs, and what they do to it. */
final class LoadOptions {
  private static final long MOST_REQUESTS = 1_000_000;

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

  /** Whether there is a load. */
  boolean given() {
    return load.isPresent();
  }

  /**
   * Makes sure that they fit together.
   *
   * @throws UsageException when they do not
   */
  void check(Optional<Duration> time) {
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
    report.ifPresent(LoadOptions::checkWritable);
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

  /**
   * What is sent.
   *
   * @throws UsageException when the application brings nothing to send
   */
  Workload workload(ApplicationJars application) {
    return application
        .workload()
        .orElseThrow(() ->
            new UsageException(
                "--load must have a %s in the application, but %s brings none: add one to its jar, or leave --load out"
                    .formatted(
                        Workload.class.getCanonicalName(), application.application().name())));
  }

  /**
   * Loads a system and breaks it, and judges it.
   *
   * @return the exit status of the verdict
   */
  int run(RunningSystem system, Optional<Duration> time, View view)
      throws InterruptedException, IOException {
    Workload workload = workload(system.application());
    long drawn = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000));
    long run = System.currentTimeMillis();
    int perSecond = load.orElseThrow();
    TrialPlan.Load planned =
        time.map(it -> new TrialPlan.Load(perSecond, it, drawn, run))
            .orElseGet(() -> TrialPlan.Load.untilStopped(perSecond, drawn, run));
    try (SystemClient access = SystemClient.to(system.servers())) {
      TrialPlan plan =
          new TrialPlan(
              planned,
              workload,
              access.target(system.signals()),
              strikes(system, workload, planned));
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
}
