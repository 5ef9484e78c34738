package io.hormesis.microbench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs micro-benchmarks one after the other and prints a table: the mean time of an operation in
 * nanoseconds; its error, which is half of the interval that holds the true mean by 99.9 %; and the
 * least time of any iteration, on which other programs have the least part. A benchmark is a method
 * with {@code @Benchmark} and no more; how all are measured stands here.
 */
final class MicrobenchRun {
  private static final String PACKAGE = MicrobenchRun.class.getPackageName() + ".";
  private static final String ROW = "  %-20s  %-22s %11s %11s %11s%n";

  private final Length length;
  private final PrintStream table;
  private final PrintStream progress;

  MicrobenchRun(Length length, PrintStream table, PrintStream progress) {
    this.length = length;
    this.table = table;
    this.progress = progress;
  }

  /**
   * How long each row of the table is measured.
   *
   * @param forks JVMs, one after the other; 0: this very JVM
   * @param warmUps iterations in each before those that count
   * @param iterations those that count
   */
  record Length(int forks, int warmUps, int iterations, long millis) {

    /** With two JVMs a row takes about 6 s, half of them for the second compiler to have done. */
    static Length usual(int forks) {
      return new Length(forks, 8, 5, 200);
    }
  }

  /**
   * Runs all whose names hold a text, compiled in each of these ways.
   *
   * @return what each row of the table shows
   * @throws IllegalArgumentException when no name does
   * @throws RunnerException when a benchmark fails
   */
  List<RunResult> run(String text, List<MeasuredJvm> jvms) throws RunnerException {
    List<String> names = names(text);
    List<RunResult> all = new ArrayList<>();
    for (MeasuredJvm jvm : jvms) {
      table.printf("%n%s%n", jvm.name());
      table.printf(ROW, "benchmark", "with", "ns", "error", "least");
      for (String name : names) {
        progress.printf("measuring %s (%d of %d)%n", name, names.indexOf(name) + 1, names.size());
        for (RunResult result : new Runner(options(name, jvm)).run()) {
          row(name, result);
          all.add(result);
        }
      }
    }
    return all;
  }

  private static List<String> names(String text) {
    List<String> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
            .stream()
            .map(BenchmarkListEntry::getUsername)
            .map(it -> it.substring(PACKAGE.length()))
            .toList();
    List<String> found = all.stream().filter(it -> it.contains(text)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" must be in the name of a micro-benchmark, but is in none of %s: write a part of one, or leave it out to run all"
              .formatted(text, String.join(", ", all)));
    }
    return found;
  }

  private Options options(String name, MeasuredJvm jvm) {
    TimeValue time = TimeValue.milliseconds(length.millis());
    return new OptionsBuilder()
        .include("^" + Pattern.quote(PACKAGE + name) + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(length.forks())
        .warmupIterations(length.warmUps())
        .warmupTime(time)
        .measurementIterations(length.iterations())
        .measurementTime(time)
        .jvmArgs(jvm.flags().toArray(String[]::new))
        // JMH lays out its own objects, and the JDK would warn of it in each fork.
        .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private void row(String name, RunResult result) {
    BenchmarkParams params = result.getParams();
    String with =
        params.getParamsKeys().stream()
            .map(it -> it + " " + params.getParam(it).toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    Result<?> primary = result.getPrimaryResult();
    table.printf(
        ROW,
        name,
        with,
        figure(primary.getScore()),
        figure(primary.getScoreError()),
        figure(primary.getStatistics().getMin()));
    table.flush();
  }

  private static String figure(double nanos) {
    return Double.isNaN(nanos) ? "?" : "%.2f".formatted(nanos);
  }
}
