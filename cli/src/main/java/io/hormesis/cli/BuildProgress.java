package io.hormesis.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the build of an application is: on a terminal a line that changes, else one at the begin
 * and one at the end.
 */
final class BuildProgress {
  private static final Pattern STEP =
      Pattern.compile("\\[INFO] --- (?:maven-)?([a-z-]+?)(?:-maven)?(?:-plugin)?:.*");
  private static final String ERASED = "\r\033[K";

  private final PrintStream err;
  private final boolean terminal;
  private final Path folder;
  private final LongSupplier nanos;
  private final long begun;

  /**
   * A build begins.
   *
   * @param nanos a clock
   */
  BuildProgress(PrintStream err, boolean terminal, Path folder, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.folder = folder;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    show("starting Maven");
  }

  static BuildProgress of(PrintStream err, Path folder) {
    return new BuildProgress(
        err, Boolean.getBoolean("hormesis.terminal"), folder, System::nanoTime);
  }

  /** Maven printed a line. */
  void line(String line) {
    Matcher step = STEP.matcher(line);
    if (terminal && step.matches()) {
      show(step.group(1));
    }
  }

  /** Maven has ended. */
  void end(boolean well) {
    if (terminal) {
      err.print(ERASED);
      err.flush();
    }
    if (well) {
      err.printf("built %s in %d s%n", folder, seconds());
    }
  }

  private void show(String step) {
    if (terminal) {
      err.print("%s%d s: building %s: %s".formatted(ERASED, seconds(), folder, step));
      err.flush();
    } else {
      err.println("building %s".formatted(folder));
    }
  }

  private long seconds() {
    return (nanos.getAsLong() - begun) / 1_000_000_000L;
  }
}
