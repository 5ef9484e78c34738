package io.hormesis.cli;

import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.ReplaySubset.Requests;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemSimulation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that let only a part of a seed happen, as the command for a shrunk seed has them. */
final class ExcerptOptions {
  static final String NONE = "none";
  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,9}(,[0-9]{1,9})*");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

  @Option(
      names = "--faults",
      paramLabel = "N,…",
      description = "Of the seed's faults only these happen; none for none of them.")
  Optional<String> faults = Optional.empty();

  @Option(
      names = "--requests",
      paramLabel = "N-N",
      description = "Of its requests only these are sent; none for none of them.")
  Optional<String> requests = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Callers and faults end at this virtual time.")
  Optional<Duration> until = Optional.empty();

  /** Refuses them where no seed is named. */
  void refuse() {
    faults.ifPresent(_ -> refuse("--faults"));
    requests.ifPresent(_ -> refuse("--requests"));
    until.ifPresent(_ -> refuse("--until"));
  }

  private static void refuse(String option) {
    throw new UsageException(
        "%s must come with --seed, but came without: name the seed to be replayed"
            .formatted(option));
  }

  /**
   * The part of a seed that they name.
   *
   * @throws UsageException when the seed has no such part
   */
  ReplaySubset read(long seed, SystemPlan plan) {
    ReplaySubset subset = ReplaySubset.WHOLE;
    if (faults.isPresent()) {
      subset = subset.onlyFaults(faults(faults.get(), seed, plan));
    }
    if (requests.isPresent()) {
      subset = subset.onlyRequests(requests(requests.get(), plan.requests()));
    }
    if (until.isPresent()) {
      subset = subset.until(until(until.get(), SystemSimulation.end(plan)));
    }
    return subset;
  }

  private static Set<Integer> faults(String text, long seed, SystemPlan plan) {
    Set<Integer> numbers = new TreeSet<>();
    if (text.equals(NONE)) {
      return numbers;
    }
    if (!NUMBERS.matcher(text).matches()) {
      throw new UsageException(
          "--faults must be numbers with commas between, or none, but was \"%s\": write for example 3,9"
              .formatted(text));
    }
    int drawn = SystemSimulation.faults(seed, plan).size();
    for (String number : text.split(",", -1)) {
      int fault = Integer.parseInt(number);
      if (fault < 1 || fault > drawn) {
        throw new UsageException(
            "--faults must be from 1 to %d, the faults of seed %d, but %d is among them: leave it out, or give the --for that the numbers are from"
                .formatted(drawn, seed, fault));
      }
      numbers.add(fault);
    }
    return numbers;
  }

  private static Requests requests(String text, long all) {
    if (text.equals(NONE)) {
      return Requests.NONE;
    }
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new UsageException(
          "--requests must be a first and a last number, or none, but was \"%s\": write for example 120-180"
              .formatted(text));
    }
    Requests read = new Requests(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    if (read.first() < 1 || read.first() > read.last() || read.last() > all) {
      throw new UsageException(
          "--requests must lie between 1 and %d, as many as --for and --load come to, the first not above the last, but was %s: choose others"
              .formatted(all, text));
    }
    return read;
  }

  private static Duration until(Duration time, Duration end) {
    if (time.compareTo(end) > 0) {
      throw new UsageException(
          "--until must be at most %s, when the run ends by itself, but was %s: choose an earlier time"
              .formatted(Durations.text(end), Durations.text(time)));
    }
    return time;
  }
}
