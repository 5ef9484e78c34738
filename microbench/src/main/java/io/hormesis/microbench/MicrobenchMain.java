package io.hormesis.microbench;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** The program that runs micro-benchmarks, started by {@code ./hormesis bench micro}. */
public final class MicrobenchMain {
  private static final int INTERNAL = 1;
  private static final int USAGE = 2;

  private MicrobenchMain() {}

  /**
   * Runs them.
   *
   * @param arguments a part of the names of those that are run, the number of JVMs for each, and
   *     the flags by which a server's JVM compiles
   */
  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    int status = run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(List<String> arguments) {
    MicrobenchRun.Length length = MicrobenchRun.Length.usual(Integer.parseInt(arguments.get(1)));
    try {
      new MicrobenchRun(length, System.out, System.err)
          .run(arguments.get(0), MeasuredJvm.both(arguments.subList(2, arguments.size())));
      return 0;
    } catch (IllegalArgumentException wrong) {
      System.err.println("hormesis: " + wrong.getMessage());
      return USAGE;
    } catch (RunnerException failure) {
      System.err.println("hormesis: a benchmark must run, but failed: " + failure.getMessage());
      return INTERNAL;
    }
  }
}
