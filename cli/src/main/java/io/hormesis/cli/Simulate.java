package io.hormesis.cli;

import io.hormesis.process.Application;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.generate.UndrawableException;
import io.hormesis.simulation.system.ReplaySubset;
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
import java.util.function.Consumer;
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

  /** A system takes as much as so many requests. */
  private static final long SYSTEM = 3_000;

  /** What a longer run would remember of each fault has no room in memory. */
  private static final Duration LONGEST = Duration.ofHours(24);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description =
          "A jar, a folder of jars, or a folder with a pom.xml; the e-government example unless given.")
  Optional<Path> application = Optional.empty();

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds; 100 unless set.")
  long seeds = 100;

  @Option(names = "--from", paramLabel = "N", description = "The first seed; 1 unless set.")
  long from = 1;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Seeds that run side by side; as many as processors, or as have room, unless set.")
  Optional<Integer> jobs = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Replays this one seed.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Virtual time, at most 24h and 400,000 requests; 60s unless set.")
  Duration time = Duration.ofSeconds(60);

  @Option(
      names = "--load",
      paramLabel = "N",
      description = "Requests a second, at most 1000; 20 unless set.")
  int load = 20;

  @Option(names = "--trace", description = "Prints what happens in the replayed seed, a line each.")
  boolean trace;

  @Option(names = "--no-shrink", description = "Leaves violated seeds as they are.")
  boolean whole;

  @Mixin ExcerptOptions parts = new ExcerptOptions();

  @Override
  public Integer call() throws InterruptedException {
    check();
    WorldThread.sideBySide(sideBySide());
    try (ShutdownGuard end = new ShutdownGuard(err());
        Watchdog _ = Watchdog.start(end)) {
      FreshRuns runs = new FreshRuns(ApplicationJars.given(application), this::plan);
      SystemPlan plan = runs.plan();
      ReplaySubset part = seed.map(it -> parts.read(it, plan)).orElse(ReplaySubset.WHOLE);
      OwnLog.end();
      return run(runs, part, end);
    }
  }

  private int run(FreshRuns runs, ReplaySubset part, ShutdownGuard end)
      throws InterruptedException {
    try (SimulationSummary summary = new SimulationSummary(out(), lasts(runs.plan().only(part)))) {
      end.lastWords(summary::close);
      if (seed.isPresent()) {
        SystemReport report = replay(runs, seed.get(), part, line -> tell(line, summary, end));
        take(SeedRun.of(report, runs, part), runs, part, summary);
      } else {
        runAll(runs, summary);
      }
      return summary.violated() > 0 ? ExitStatus.REJECTED : ExitStatus.DONE;
    }
  }

  private void tell(String line, SimulationSummary summary, ShutdownGuard end) {
    summary.tell(line);
    if (out().checkError()) {
      end.unread();
    }
  }

  /** How many seeds run at a time: as many as are asked for, or as have processors and memory. */
  private int sideBySide() {
    long most = seed.isPresent() ? 1 : seeds;
    long few = Math.min(Runtime.getRuntime().availableProcessors(), MOST_JOBS);
    return (int) Math.min(most, jobs.map(Integer::longValue).orElse(Math.min(few, fitting())));
  }

  /** How many seeds have room side by side. */
  private long fitting() {
    return Math.max(1, MOST_REQUESTS / (SYSTEM + requests()));
  }

  /** Of one seed. */
  private long requests() {
    return time.toMillis() * load / 1000;
  }

  private void runAll(FreshRuns runs, SimulationSummary summary) throws InterruptedException {
    SeedProgress progress = SeedProgress.of(err(), seeds);
    new SeedRuns<>(sideBySide(), number -> SeedRun.of(number, runs))
        .each(
            from,
            seeds,
            run -> {
              if (!run.report().violations().isEmpty()) {
                progress.clear();
              }
              take(run, runs, ReplaySubset.WHOLE, summary);
              progress.show(summary.seeds(), summary.violated());
            });
    progress.clear();
  }

  private SystemReport replay(
      FreshRuns runs, long number, ReplaySubset part, Consumer<String> told) {
    return trace ? runs.traced(number, part, told) : runs.run(number, part);
  }

  private void take(SeedRun run, FreshRuns runs, ReplaySubset part, SimulationSummary summary) {
    SystemReport report = run.report();
    summary.add(report);
    if (!report.violations().isEmpty()) {
      ViolatedSeed violated = new ViolatedSeed(report, new ReplayCommand(application, time, load));
      violated.print(out(), part);
      if (out().checkError()) {
        throw new UnwritableException();
      }
      explain(run, violated, runs, part, summary);
    } else if (seed.isPresent()) {
      out().printf("seed %d keeps every promise (hash %016x)%n", report.seed(), report.hash());
    }
  }

  private void explain(
      SeedRun run,
      ViolatedSeed violated,
      FreshRuns runs,
      ReplaySubset part,
      SimulationSummary summary) {
    if (summary.violated() > MOST_SHRUNK) {
      run.otherWay().ifPresent(it -> violated.printOtherWay(out(), it));
    } else if (run.otherWay().isPresent()) {
      violated.printOtherWay(out(), run.otherWay().get());
      violated.printParting(out(), Parting.of(runs, run.report().seed(), part));
    } else if (!whole && !trace && part.equals(ReplaySubset.WHOLE)) {
      long number = run.report().seed();
      Shrinking.Shrunk shrunk = Shrinking.of(run.report(), runs.plan(), it -> runs.run(number, it));
      violated.printShrunk(out(), shrunk, runs.plan());
    }
  }

  /** How long callers call, which they begin some time after the start. */
  private static Duration lasts(SystemPlan plan) {
    Duration lasts =
        plan.subset().until().map(it -> it.minus(SystemSimulation.STARTED)).orElse(plan.lasts());
    return lasts.isNegative() ? Duration.ZERO : lasts;
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
      parts.refuse();
    }
    checkBounds();
  }

  private void checkBounds() {
    if (seeds < 1) {
      throw new UsageException(
          "--seeds must be 1 or more, but was %d: ask for one".formatted(seeds));
    }
    if (jobs.filter(it -> it < 1 || it > MOST_JOBS).isPresent()) {
      throw new UsageException(
          "--jobs must be 1 to %d, but was %d: choose about as many as there are processors"
              .formatted(MOST_JOBS, jobs.get()));
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
    checkRoom();
  }

  private void checkRoom() {
    if (requests() > MOST_REQUESTS) {
      throw new UsageException(
          "--for and --load must come to at most %d requests, whose books are kept in memory, but come to %d: end earlier, or send fewer"
              .formatted(MOST_REQUESTS, requests()));
    }
    if (sideBySide() > fitting()) {
      throw new UsageException(
          "--jobs must be at most %d with this --for and --load, for what seeds that run side by side remember must fit into memory, but was %d: run fewer"
              .formatted(fitting(), sideBySide()));
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
    try {
      return jars.workload()
          .<Load>map(Workload::narrow)
          .orElseGet(() -> new RouteLoad(application, jars.generators()));
    } catch (UsageException | UndrawableException ours) {
      throw ours;
    } catch (RuntimeException | LinkageError theirs) {
      throw new UsageException(
          "application %s must have a load that can be drawn, but drawing fails: %s; mend the load, or the generators that help"
              .formatted(application.name(), Origin.of(theirs)));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
