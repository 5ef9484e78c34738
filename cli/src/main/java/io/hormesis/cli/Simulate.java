package io.hormesis.cli;

import io.hormesis.process.Application;
import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.Excerpt;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import io.hormesis.trial.Load;
import io.hormesis.trial.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a whole application in virtual time, from one seed or from many, and judges each run. */
@Command(
    name = "simulate",
    description =
        """
        Runs APP in virtual time, from seeds: servers crash, disks fail, fill up and lose what was \
        not forced, the network loses, doubles and cuts, clocks drift, callers surge. Ends with \
        status 3 when a promise was broken. The first violated seeds are shrunk (60 runs and 60 s at \
        most for each of 3): what is printed then is the command that replays a small part of the run \
        that is enough to break the promise.\
        """,
    mixinStandardHelpOptions = true)
final class Simulate implements Callable<Integer> {
  private static final int MOST_PER_SECOND = 1_000;
  private static final int MOST_JOBS = 256;
  private static final int MOST_SHRUNK = 3;

  /** What runs remember of each request takes up to 3 KB. */
  private static final long MOST_REQUESTS = 400_000;

  /** What a longer run would remember of each fault has no room in memory. */
  private static final Duration LONGEST = Duration.ofHours(24);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "A jar or a folder of jars; the e-government example unless given.")
  Optional<Path> application = Optional.empty();

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds; 100 unless set.")
  long seeds = 100;

  @Option(names = "--from", paramLabel = "N", description = "The first seed; 1 unless set.")
  long from = 1;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Seeds that run side by side; as many as processors unless set.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", description = "Replays this one seed.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Virtual time, at most 24h; 60s unless set.")
  Duration time = Duration.ofSeconds(60);

  @Option(names = "--load", paramLabel = "N", description = "Requests a second; 20 unless set.")
  int load = 20;

  @Option(names = "--trace", description = "Prints what happens in the replayed seed, a line each.")
  boolean trace;

  @Option(names = "--no-shrink", description = "Leaves violated seeds as they are.")
  boolean whole;

  @Mixin ExcerptOptions part = new ExcerptOptions();

  @Override
  public Integer call() throws InterruptedException {
    check();
    WorldThread.sideBySide(sideBySide());
    SystemPlan plan = plan(ApplicationJars.given(application));
    Excerpt excerpt = seed.map(it -> part.read(it, plan)).orElse(Excerpt.WHOLE);
    OwnLog.end();
    try (SimulationSummary summary = new SimulationSummary(out(), lasts(excerpt));
        EarlyEnd end = new EarlyEnd(err(), summary::close);
        Watchdog _ = Watchdog.start(end)) {
      if (seed.isPresent()) {
        take(replay(seed.get(), plan.only(excerpt), summary), plan.only(excerpt), summary);
      } else {
        runAll(plan, summary);
      }
      return summary.violated() > 0 ? ExitStatus.REJECTED : ExitStatus.DONE;
    }
  }

  private int sideBySide() {
    return seed.isPresent() ? 1 : jobs;
  }

  private void runAll(SystemPlan plan, SimulationSummary summary) throws InterruptedException {
    SeedProgress progress = SeedProgress.of(err(), seeds);
    new SeedRuns<>(jobs, number -> SystemSimulation.run(number, plan))
        .each(
            from,
            seeds,
            report -> {
              if (!report.violations().isEmpty()) {
                progress.clear();
              }
              take(report, plan, summary);
              if (out().checkError()) {
                throw new UnwritableException();
              }
              progress.show(summary.seeds(), summary.violated());
            });
    progress.clear();
  }

  private SystemReport replay(long number, SystemPlan plan, SimulationSummary summary) {
    return trace
        ? SystemSimulation.traced(number, plan, summary::tell)
        : SystemSimulation.run(number, plan);
  }

  private void take(SystemReport report, SystemPlan plan, SimulationSummary summary) {
    summary.add(report);
    if (!report.violations().isEmpty()) {
      ViolatedSeed violated = new ViolatedSeed(report, new ReplayCommand(application, time, load));
      violated.print(out(), plan.excerpt());
      if (shrinks(plan) && summary.violated() <= MOST_SHRUNK) {
        violated.printShrunk(out(), Shrinking.of(report, plan), plan);
      }
    } else if (seed.isPresent()) {
      out().printf("seed %d keeps every promise (hash %016x)%n", report.seed(), report.hash());
    }
  }

  private Duration lasts(Excerpt excerpt) {
    return excerpt.until().filter(it -> it.compareTo(time) < 0).orElse(time);
  }

  private boolean shrinks(SystemPlan plan) {
    return !whole && !trace && plan.excerpt().equals(Excerpt.WHOLE);
  }

  private void check() {
    if (seed.isPresent()) {
      Stream.of("--seeds", "--from", "--jobs")
          .filter(this::given)
          .forEach(Simulate::refuseBesideSeed);
    } else {
      if (trace) {
        throw new UsageException(
            "--trace must come with --seed, but came without: name the seed to be traced");
      }
      part.refuse();
    }
    checkBounds();
  }

  private void checkBounds() {
    if (seeds < 1) {
      throw new UsageException(
          "--seeds must be 1 or more, but was %d: ask for one".formatted(seeds));
    }
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new UsageException(
          "--jobs must be 1 to %d, but was %d: choose about as many as there are processors"
              .formatted(MOST_JOBS, jobs));
    }
    if (time.compareTo(LONGEST) > 0) {
      throw new UsageException(
          "--for must be at most %dh of virtual time, but was %s: take more seeds instead"
              .formatted(LONGEST.toHours(), Durations.text(time)));
    }
    if (load < 1 || load > MOST_PER_SECOND) {
      throw new UsageException(
          "--load must be 1 to %d requests a second, but was %d: choose one between"
              .formatted(MOST_PER_SECOND, load));
    }
    long requests = time.toMillis() * load / 1000 * sideBySide();
    if (requests > MOST_REQUESTS) {
      throw new UsageException(
          "--for, --load and --jobs must come to at most %d requests, whose books are kept in memory, in all the seeds that run side by side, but come to %d: end earlier, send fewer, or run fewer side by side"
              .formatted(MOST_REQUESTS, requests));
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static void refuseBesideSeed(String option) {
    throw new UsageException(
        "%s must come without --seed, but came with it: leave out one, for --seed replays a single seed"
            .formatted(option));
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

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
