package io.hormesis.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures, and prints what it measured: an election on real servers, or the simulation. */
@Command(
    name = "bench",
    description =
        """
        Measures. NAME is election: on real servers, the time from the kill of a leader to the next \
        acknowledged write, with and without evidence; or simulation: what ten minutes of a system, \
        and each of its servers, cost in virtual time.\
        """,
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofSeconds(40);
  private static final int MOST_ROUNDS = 100;

  @Parameters(paramLabel = "NAME", description = "election or simulation")
  String name = "";

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each; 3 unless set.")
  int rounds = 3;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Load of each run of an election; 40s unless set.")
  Optional<Duration> time = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new UsageException(
          "--rounds must be 1 to %d, but was %d: choose a number between"
              .formatted(MOST_ROUNDS, rounds));
    }
    switch (name) {
      case "election" -> new ElectionBench(rounds, time.orElse(USUAL)).run();
      case "simulation" -> simulation().run();
      default ->
          throw new UsageException(
              "bench must be election or simulation, but was \"%s\": write ./hormesis bench election"
                  .formatted(name));
    }
    return ExitStatus.DONE;
  }

  private SimulationBench simulation() {
    if (time.isPresent()) {
      throw new UsageException(
          "--for must come with bench election, but came with bench simulation: leave it out");
    }
    return new SimulationBench(ApplicationJars.given(Optional.empty()), rounds);
  }
}
