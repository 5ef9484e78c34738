package io.hormesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures, and prints what it measured: a system on real servers, the simulation, or single paths
 * through the code.
 */
@Command(
    name = "bench",
    description =
        """
        Measures. NAME is election: on real servers, the time from the kill of a leader to the next \
        acknowledged write, with and without evidence; capacity: the highest load of which 99.9 %% \
        are answered, and what a request costs; overload: what 1.5, 3 and 10 times as much comes \
        to; simulation: what ten minutes of a system, and each of its servers, cost in virtual time; \
        gate: in virtual time, what more than the capacity comes to, and whether a system serves as \
        before after a surge, the loss of a region or a standstill; or micro: what single paths \
        through the code take, in nanoseconds, compiled as on servers and by all compilers of the JDK.\
        """,
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final Duration USUAL_ELECTION = Duration.ofSeconds(40);
  private static final Duration USUAL_SURGE = Duration.ofSeconds(20);
  private static final Duration USUAL_STEP = Duration.ofSeconds(8);
  private static final Duration USUAL_WITHIN = Duration.ofMinutes(5);
  private static final int MOST_ROUNDS = 100;
  private static final int USUAL_ROUNDS = 3;
  private static final int USUAL_JVMS = 2;
  private static final int MOST_CAPACITY = 20_000;
  private static final String PATTERN = "PATTERN";

  /** Which option goes with which benches. */
  private static final Map<String, Set<String>> GOES_WITH =
      Map.of(
          "--for",
          Set.of("election", "overload"),
          "--step",
          Set.of("capacity", "overload"),
          "--within",
          Set.of("capacity", "overload"),
          "--capacity",
          Set.of("overload", "gate"),
          "--seed",
          Set.of("gate"),
          "--output",
          Set.of("capacity", "overload"),
          PATTERN,
          Set.of("micro"));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "election, capacity, overload, simulation, gate or micro")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = PATTERN,
      description = "Part of the names of the micro-benchmarks that are run; all unless set.")
  Optional<String> pattern = Optional.empty();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each, or seeds of the gate, 3 unless set; or JVMs of micro, 2.")
  Optional<Integer> rounds = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Load of each run of an election, 40s unless set, or each surge, 20s.")
  Optional<Duration> time = Optional.empty();

  @Option(
      names = "--step",
      paramLabel = "TIME",
      description = "Each load that is tried for the capacity; 8s unless set.")
  Optional<Duration> step = Optional.empty();

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "No further load is tried for the capacity after this; 5m unless set.")
  Optional<Duration> within = Optional.empty();

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description = "Capacity that overload and gate count from; is measured first unless set.")
  Optional<Integer> capacity = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "First seed of the gate; 1 unless set.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table or json; of capacity and overload.")
  Optional<Status.Form> form = Optional.empty();

  @Override
  public Integer call() throws Exception {
    check();
    switch (name) {
      case "election" -> new ElectionBench(rounds(), time.orElse(USUAL_ELECTION)).run();
      case "simulation" ->
          new SimulationBench(ApplicationJars.given(Optional.empty()), rounds()).run();
      case "gate" -> {
        return gate();
      }
      case "micro" -> {
        return micro();
      }
      case "capacity" -> capacity();
      case "overload" -> overload();
      default ->
          throw new UsageException(
              "bench must be election, capacity, overload, simulation, gate or micro, but was \"%s\": write ./hormesis bench election"
                  .formatted(name));
    }
    return ExitStatus.DONE;
  }

  private void check() {
    if (rounds() < 1 || rounds() > MOST_ROUNDS) {
      throw new UsageException(
          "--rounds must be 1 to %d, but was %d: choose a number between"
              .formatted(MOST_ROUNDS, rounds()));
    }
    checkGoes("--for", time);
    checkGoes("--step", step);
    checkGoes("--within", within);
    checkGoes("--capacity", capacity);
    checkGoes("--output", form);
    checkGoes("--seed", seed);
    checkGoes(PATTERN, pattern);
    if (capacity.isPresent() && (capacity.get() < 1 || capacity.get() > MOST_CAPACITY)) {
      throw new UsageException(
          "--capacity must be 1 to %d requests a second, but was %d: choose another number"
              .formatted(MOST_CAPACITY, capacity.get()));
    }
  }

  private int rounds() {
    return rounds.orElse(name.equals("micro") ? USUAL_JVMS : USUAL_ROUNDS);
  }

  private void checkGoes(String option, Optional<?> given) {
    Set<String> names = GOES_WITH.getOrDefault(option, Set.of());
    if (given.isPresent() && !names.contains(name)) {
      throw new UsageException(
          "%s must come with bench %s, but came with bench %s: leave it out"
              .formatted(option, String.join(" or ", names.stream().sorted().toList()), name));
    }
  }

  private void capacity() throws IOException, InterruptedException {
    CapacityReport report =
        new CapacityBench(step.orElse(USUAL_STEP), within.orElse(USUAL_WITHIN)).run();
    if (isJson()) {
      json(report);
    } else {
      report.print(out());
    }
  }

  private int gate() throws InterruptedException {
    boolean kept =
        new GateBench(ApplicationJars.given(Optional.empty()), out())
            .run(capacity, seed.orElse(1L), rounds());
    return kept ? ExitStatus.DONE : ExitStatus.REJECTED;
  }

  private int micro() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("hormesis.home", "target/hormesis"));
    return new MicroBench(home).run(pattern.orElse(""), rounds());
  }

  private void overload() throws IOException, InterruptedException {
    OverloadReport report =
        new OverloadBench(
                capacity,
                time.orElse(USUAL_SURGE),
                step.orElse(USUAL_STEP),
                within.orElse(USUAL_WITHIN))
            .run();
    if (isJson()) {
      json(report);
    } else {
      report.print(out());
    }
  }

  private boolean isJson() {
    return form.orElse(Status.Form.TABLE) == Status.Form.JSON;
  }

  private void json(Object report) {
    out().println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
