package io.hormesis.cli;

import static io.hormesis.cli.BadCommandLineTest.noApplication;
import static io.hormesis.cli.BadCommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody types wrongly of simulations, sweeps and benches: a clear error, status 2. */
final class BadSimulationTest {
  @TempDir Path temp;

  @Test
  void aSimulationThatCannotBeIsRefused() throws IOException {
    refused(
        Typed.line("simulate", "--trace"),
        "--trace must come with --seed, but came without: name the seed to be traced");
    refused(
        Typed.line("simulate", "--seeds", "0"),
        "--seeds must be 1 or more, but was 0: ask for one");
    for (String many : List.of("--seeds", "--from", "--jobs")) {
      refused(
          Typed.line("simulate", "--seed", "4", many, "3"),
          "%s must come without --seed, but came with it: leave out one, for --seed replays a single seed"
              .formatted(many));
    }
    refused(
        Typed.line("simulate", "--for", "25h"),
        "--for must be at most 24h of virtual time, but was 90000s: take more seeds instead");
    refused(
        Typed.line("simulate", "--for", "10h", "--load", "10", "--jobs", "2"),
        "--jobs must be at most 1 with this --for and --load, for what seeds that run side by side remember must fit into memory, but was 2: run fewer");
    refused(
        Typed.line("simulate", "--for", "24h", "--seed", "4"),
        "--for and --load must come to at most 400000 requests, whose books are kept in memory, but come to 1728000: end earlier, or send fewer");
    refused(
        Typed.line("simulate", "--load", "5000"),
        "--load must be 1 to 1000 requests a second, but was 5000: choose one between");
    for (String wrong : List.of("0", "257")) {
      refused(
          Typed.line("simulate", "--jobs", wrong),
          "--jobs must be 1 to 256, but was %s: choose about as many as there are processors"
              .formatted(wrong));
    }
    Path quiet = SmallApplication.jar(temp.resolve("quiet.jar"), SmallApplication.Closed.class);
    refused(
        Typed.line("simulate", "--seed", "7", "--trace", quiet.toString()),
        "application small must have a route to be called by, but has none, and names no io.hormesis.trial.Workload in META-INF/services: add one of the two");
  }

  @Test
  void aSweepThatCannotBeIsRefused() throws IOException {
    refused(
        Typed.line("sweep", "--values", "0"),
        "--values must be 1 to 100 of each kind of message, but was 0: choose one between");
    refused(
        Typed.line("sweep", "--values", "101"),
        "--values must be 1 to 100 of each kind of message, but was 101: choose one between");
    refused(Typed.line("sweep", "nothing.jar"), noApplication("nothing.jar", "does not exist"));
    Path odd = SmallApplication.jar(temp.resolve("odd.jar"), AskingApplication.Odd.class);
    refused(
        Typed.line("sweep", odd),
        "record Checked must take one of 5000 drawn values, but took none (the last one: number must be odd in a way that nobody guesses): name a io.hormesis.simulation.generate.Generator for it in META-INF/services");
  }

  @Test
  void aLoadThatCannotBeDrawnIsRefusedAndNotHeldForABrokenPromise() throws IOException {
    Path odd = SmallApplication.jar(temp.resolve("odd.jar"), AskingApplication.Odd.class);
    for (String which : List.of("--seed", "--seeds")) {
      Typed typed = Typed.line("simulate", odd, which, "2");
      assertThat(typed.status()).as(typed.toString()).isEqualTo(ExitStatus.USAGE);
      assertThat(typed.err())
          .startsWith("hormesis: record Checked must take one of 5000 drawn values, ");
    }
  }

  @Test
  void aPartOfASeedThatCannotBeIsRefused() throws IOException {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    for (String option : List.of("--faults", "--requests", "--until")) {
      refused(
          Typed.line("simulate", jar, option, "1s"),
          "%s must come with --seed, but came without: name the seed to be replayed"
              .formatted(option));
    }
    for (String wrong : List.of("", "3,,9", "3-9", "all", "3, 9", "-1")) {
      refused(
          part(jar, "--faults=" + wrong),
          "--faults must be numbers with commas between, or none, but was \"%s\": write for example 3,9"
              .formatted(wrong));
    }
    for (String wrong : List.of("0", "3,9999")) {
      String number = wrong.substring(wrong.indexOf(',') + 1);
      assertThat(part(jar, "--faults=" + wrong).err())
          .matches(
              "hormesis: --faults must be from 1 to \\d+, the faults of seed 7, but %s is among them: leave it out, or give the --for that the numbers are from"
                  .formatted(number));
    }
    for (String wrong : List.of("", "7", "1,2", "-5", "1-", "many")) {
      refused(
          part(jar, "--requests=" + wrong),
          "--requests must be a first and a last number, or none, but was \"%s\": write for example 120-180"
              .formatted(wrong));
    }
    for (String wrong : List.of("0-5", "6-5", "100-201")) {
      refused(
          part(jar, "--requests=" + wrong),
          "--requests must lie between 1 and 200, as many as --for and --load come to, the first not above the last, but was %s: choose others"
              .formatted(wrong));
    }
    refused(
        part(jar, "--until=13001ms"),
        "--until must be at most 13s, when the run ends by itself, but was 13001ms: choose an earlier time");
    refused(
        part(jar, "--until=soon"),
        "Invalid value for option '--until': a duration must be a whole number above 0 with a unit (ms, s, m or h), but was \"soon\": write for example 60s; see ./hormesis help simulate");
  }

  private static Typed part(Path jar, String option) {
    return Typed.line("simulate", jar, "--seed", "7", "--for", "10s", option);
  }

  @Test
  void aBenchThatIsNoneIsRefused() {
    refused(
        Typed.line("bench", "elections"),
        "bench must be election, capacity, overload, simulation, gate or micro, but was \"elections\": write ./hormesis bench election");
    refused(
        Typed.line("bench", "simulation", "--rounds", "0"),
        "--rounds must be 1 to 100, but was 0: choose a number between");
    refused(
        Typed.line("bench", "simulation", "--for", "10s"),
        "--for must come with bench election or overload, but came with bench simulation: leave it out");
    refused(
        Typed.line("bench", "capacity", "--capacity", "700"),
        "--capacity must come with bench gate or overload, but came with bench capacity: leave it out");
    refused(
        Typed.line("bench", "overload", "--seed", "7"),
        "--seed must come with bench gate, but came with bench overload: leave it out");
    refused(
        Typed.line("bench", "overload", "--capacity", "0"),
        "--capacity must be 1 to 20000 requests a second, but was 0: choose another number");
    refused(
        Typed.line("bench", "election", "--step", "2s"),
        "--step must come with bench capacity or overload, but came with bench election: leave it out");
    refused(
        Typed.line("bench", "overload", "Signal"),
        "PATTERN must come with bench micro, but came with bench overload: leave it out");
    refused(
        Typed.line("bench", "micro", "Signal", "Codec"),
        "bench must have fewer arguments, but \"Codec\" came besides: leave it out, or see ./hormesis help bench");
    refused(
        Typed.line("bench", "micro", "--seed", "7"),
        "--seed must come with bench gate, but came with bench micro: leave it out");
  }

  @Test
  void microBenchmarksThatWereNotBuiltAreRefused() {
    refused(
        Typed.line("bench", "micro"),
        "bench micro must find its benchmarks in target/hormesis/microbench, but there is no such folder: write ./hormesis bench micro, which builds them");
  }
}
