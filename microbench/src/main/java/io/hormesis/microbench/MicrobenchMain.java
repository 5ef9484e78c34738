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
   * @param arguments a part of the names of those that are run, then the flags of a server's JVM
   */
  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    List<String> words = List.of(arguments);
    MicrobenchRun run = new MicrobenchRun(MicrobenchRun.Length.USUAL, System.out, System.err);
    try {
      run.run(words.getFirst(), Compilation.both(words.subList(1, words.size())));
    } catch (IllegalArgumentException wrong) {
      System.err.println("hormesis: " + wrong.getMessage());
      System.exit(USAGE);
    } catch (RunnerException failure) {
      System.err.println("hormesis: the benchmarks must run, but did not: " + failure.getMessage());
      System.exit(INTERNAL);
    }
  }
}
