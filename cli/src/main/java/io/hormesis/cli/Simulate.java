package io.hormesis.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hormesis.process.Application;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import io.hormesis.trial.Load;
import io.hormesis.trial.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a whole application in virtual time, a seed after another, and judges each run. */
@Command(
    name = "simulate",
    description = {
      "Runs APP in virtual time, from seeds: servers crash, disks lose what was not forced, the",
      "network loses, doubles and cuts. Ends with status 3 when a promise was broken."
    },
    mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {
  private static final int MOST_PER_SECOND = 1_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "A jar or a folder of jars; the e-government example unless given.")
  Optional<Path> application = Optional.empty();

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds; 100 unless set.")
  long seeds = 100;

  @Option(names = "--from", paramLabel = "N", description = "The first seed; 1 unless set.")
  long from = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Replays this one seed.")
  Optional<Long> seed = Optional.empty();

  @Option(names = "--for", paramLabel = "TIME", description = "Virtual time; 60s unless set.")
  Duration time = Duration.ofSeconds(60);

  @Option(names = "--load", paramLabel = "N", description = "Requests a second; 20 unless set.")
  int load = 20;

  @Option(names = "--trace", description = "Prints every event of the replayed seed.")
  boolean trace;

  private final Map<String, Integer> faults = new TreeMap<>();
  private long requests;
  private long acknowledged;
  private long failed;
  private long malformed;
  private int violated;
  private Duration slowest = Duration.ZERO;

  @Override
  public Integer call() {
    check();
    ApplicationJars jars = ApplicationJars.given(application);
    SystemPlan plan = plan(jars);
    // What dying servers log is no news here; the report says what was broken.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    long first = seed.orElse(from);
    long count = seed.isPresent() ? 1 : seeds;
    long begun = System.nanoTime();
    for (long number = first; number < first + count; number++) {
      take(run(number, plan));
      progress(number - first + 1, count);
    }
    print(count, Duration.ofNanos(System.nanoTime() - begun));
    return violated > 0 ? ExitStatus.REJECTED : ExitStatus.DONE;
  }

  private void check() {
    if (trace && seed.isEmpty()) {
      throw new UsageException(
          "--trace must come with --seed, but came without: name the seed to be traced");
    }
    if (seeds < 1) {
      throw new UsageException(
          "--seeds must be 1 or more, but was %d: ask for one".formatted(seeds));
    }
    if (load < 1 || load > MOST_PER_SECOND) {
      throw new UsageException(
          "--load must be 1 to %d requests a second, but was %d: choose one between"
              .formatted(MOST_PER_SECOND, load));
    }
  }

  private SystemPlan plan(ApplicationJars jars) {
    return SystemPlan.of(jars.application(), sent(jars)).load(this.load, time);
  }

  /** The application's own load, or one that is drawn from its routes. */
  private static Load sent(ApplicationJars jars) {
    Application application = jars.application();
    if (jars.workload().isEmpty() && application.routes().isEmpty()) {
      throw new UsageException(
          "application %s must have a route to be called by, but has none, and names no %s in META-INF/services: add one of the two"
              .formatted(application.name(), Workload.class.getCanonicalName()));
    }
    return jars.workload()
        .<Load>map(Workload::narrow)
        .orElseGet(() -> new RouteLoad(application, jars.generators()));
  }

  private SystemReport run(long number, SystemPlan plan) {
    return trace
        ? SystemSimulation.traced(number, plan, System.out::println)
        : SystemSimulation.run(number, plan);
  }

  private void take(SystemReport report) {
    report.faultsMet().forEach((kind, times) -> faults.merge(kind, times, Integer::sum));
    requests += report.requests();
    acknowledged += report.acknowledged();
    failed += report.failed();
    malformed += report.malformed();
    slowest = slowest.compareTo(report.wholeAfter()) < 0 ? report.wholeAfter() : slowest;
    if (!report.violations().isEmpty()) {
      violated++;
      System.out.printf("seed %d is violated:%n", report.seed());
      report.violations().forEach(it -> System.out.printf("  %s%n", it));
      System.out.printf("  replay it: %s%n", replay(report.seed()));
    }
  }

  private String replay(long number) {
    return "./hormesis simulate%s --seed %d --for %dms --load %d"
        .formatted(application.map(it -> " " + it).orElse(""), number, time.toMillis(), load);
  }

  private static void progress(long done, long count) {
    if (Boolean.getBoolean("hormesis.terminal")) {
      System.err.printf("\r%d of %d seeds%s", done, count, done == count ? "\n" : "");
    }
  }

  private void print(long count, Duration took) {
    System.out.printf(
        Locale.ROOT,
        "%d %s of %.1f s of virtual time in %.1f s: %d violated%n",
        count,
        count == 1 ? "seed" : "seeds",
        time.toMillis() / 1000.0,
        took.toMillis() / 1000.0,
        violated);
    System.out.printf(
        "%d requests, %d failed, %d of them as malformed; %d writes acknowledged%n",
        requests, failed, malformed, acknowledged);
    System.out.printf("faults met: %s%n", faults.isEmpty() ? "none" : listed());
    System.out.printf("slowest recovery: %d ms of virtual time%n", slowest.toMillis());
  }

  private String listed() {
    return faults.entrySet().stream()
        .map(it -> it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }
}
