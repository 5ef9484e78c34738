package io.hormesis.cli;

import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.sweep.SweepReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every process that asks others through every way in which its asks can end. */
@Command(
    name = "sweep",
    description =
        """
        Runs each process of APP that asks others through every combination of the ways in which its \
        asks can end, in virtual time. Ends with status 3 when a combination breaks a worker.\
        """,
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  private static final int MOST_VALUES = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description =
          "A jar, a folder of jars, or a folder with a pom.xml; the e-government example unless given.")
  Optional<Path> application = Optional.empty();

  @Option(
      names = "--values",
      paramLabel = "N",
      description = "How many values of each kind of message, at most 100; 4 unless set.")
  int values = 4;

  @Option(names = "--seed", paramLabel = "N", description = "Draws the values; 1 unless set.")
  long seed = 1;

  @Override
  public Integer call() {
    if (values < 1 || values > MOST_VALUES) {
      throw new UsageException(
          "--values must be 1 to %d of each kind of message, but was %d: choose one between"
              .formatted(MOST_VALUES, values));
    }
    WorldThread.sideBySide(1);
    try (ShutdownGuard end = new ShutdownGuard(spec.commandLine().getErr());
        Watchdog _ = Watchdog.start(end)) {
      ApplicationJars jars = ApplicationJars.given(application);
      OwnLog.end();
      SweepReport report = run(jars);
      print(report, spec.commandLine().getOut());
      return report.broken().isEmpty() ? ExitStatus.DONE : ExitStatus.REJECTED;
    }
  }

  private SweepReport run(ApplicationJars jars) {
    return io.hormesis.simulation.sweep.Sweep.of(jars.application())
        .helpedBy(jars.generators())
        .drawing(values, seed)
        .run();
  }

  private static void print(SweepReport report, PrintWriter out) {
    report.broken().forEach(out::println);
    report.limited().forEach(out::println);
    report.silent().forEach(it -> out.printf("%s: its worker asks nobody%n", it));
    if (report.processes().isEmpty()) {
      out.println("no process asks another: there is nothing to sweep");
      return;
    }
    int broken = report.broken().stream().mapToInt(it -> it.combinations()).sum();
    out.printf(
        "%d combinations, %d messages to %s: %d broken%n",
        report.combinations(), report.messages(), String.join(", ", report.processes()), broken);
  }
}
