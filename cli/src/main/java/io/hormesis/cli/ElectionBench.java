package io.hormesis.cli;

import io.hormesis.chaos.MonkeyPlan;
import io.hormesis.keeper.KeeperPlan;
import io.hormesis.trial.NotSteady;
import io.hormesis.trial.Trial;
import io.hormesis.trial.TrialPlan;
import io.hormesis.trial.TrialResult;
import io.hormesis.trial.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures on real servers the time from the kill of a leader to the next acknowledged write of the
 * same partition, elected by evidence and elected by missing heartbeats, in turns.
 */
final class ElectionBench {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int PER_SECOND = 100;

  private final int rounds;
  private final Duration time;

  /**
   * A bench.
   *
   * @param rounds how often each of both runs
   * @param time how long the load of each run lasts
   */
  ElectionBench(int rounds, Duration time) {
    this.rounds = rounds;
    this.time = time;
  }

  /** Measures and prints. */
  void run() throws InterruptedException, IOException, NotSteady {
    ApplicationJars application = ApplicationJars.given(Optional.empty());
    List<Long> byEvidence = new ArrayList<>();
    List<Long> byHeartbeats = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("round %d of %d%n", round, rounds);
      byEvidence.addAll(measured(application, true, round));
      byHeartbeats.addAll(measured(application, false, round));
    }
    print("by evidence", byEvidence);
    print("by missing heartbeats", byHeartbeats);
    System.out.printf(
        Locale.ROOT,
        "ratio of the medians: %.1f%n",
        (double) percentile(byHeartbeats, 50) / percentile(byEvidence, 50));
  }

  /** Milliseconds from each kill of a leader to the next acknowledged write of its partitions. */
  private List<Long> measured(ApplicationJars application, boolean evidence, int round)
      throws InterruptedException, IOException, NotSteady {
    Path data = Files.createTempDirectory("hormesis-bench");
    try {
      return run(application, settings(evidence), data, round).aways().stream()
          .flatMapToLong(away -> away.writtenMillis().stream())
          .boxed()
          .toList();
    } finally {
      Folders.remove(data);
    }
  }

  private TrialResult run(ApplicationJars application, Settings settings, Path data, int round)
      throws InterruptedException, NotSteady {
    View silent = new PlainView(new PrintStream(OutputStream.nullOutputStream()));
    Workload workload = application.workload().orElseThrow();
    List<String> command =
        ServerCommand.of(
            settings.number(Setting.REGIONS) * settings.number(Setting.SERVERS),
            settings.text(Setting.HEAP),
            Optional.empty());
    try (silent;
        RunningSystem system =
            RunningSystem.start(
                application, settings, data, false, command, KeeperPlan.STOP_WITHIN, silent)) {
      system.awaitReady(READY);
      MonkeyPlan monkey = MonkeyPlan.usual(round, workload.target(), time);
      try (SystemClient access = SystemClient.to(system.servers())) {
        return Trial.run(
            new TrialPlan(
                new TrialPlan.Load(PER_SECOND, time, round, round),
                workload,
                access.target(system.signals()),
                Optional.of(new TrialPlan.Strikes(new MonkeyNemesis(monkey), system::kill))),
            silent);
      }
    }
  }

  private static Settings settings(boolean evidence) {
    return Settings.of(
        SettingSources.none(), "--port", "0", "--evidence-elects", Boolean.toString(evidence));
  }

  private static void print(String what, List<Long> millis) {
    System.out.printf(
        "%-22s %3d partitions led by a killed server: next write after p50 %d ms, p90 %d ms, max %d ms%n",
        what,
        millis.size(),
        percentile(millis, 50),
        percentile(millis, 90),
        percentile(millis, 100));
  }

  private static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }
}
