package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the log of a server, or of the keeper. */
@Command(
    name = "logs",
    description =
        """
        Shows the last lines of what a server has logged, of all its incarnations, and with --follow \
        what comes after that, until Ctrl-C. The keeper, which starts the servers again, has a log too.\
        """,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Logs implements Callable<Integer> {
  private static final int MOST_LINES = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SERVER", description = "Its name, such as a1; or keeper.")
  String server = "";

  @Option(names = "--follow", description = "Goes on with what is logged from now on.")
  boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "How many of the last lines; 100 unless set.")
  int lines = 100;

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the system.")
  Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (lines < 0 || lines > MOST_LINES) {
      throw new UsageException(
          "--lines must be 0 to %d, but was %d: choose another number"
              .formatted(MOST_LINES, lines));
    }
    SystemFolder system = SystemFolder.chosen(data);
    checkName(system);
    Path file = system.path().resolve(server + ".log");
    if (!follow && !Files.exists(file)) {
      throw new UsageException(
          "log of %s must be at %s, but is not there: it has not been started yet"
              .formatted(server, file));
    }
    show(file);
    return ExitStatus.DONE;
  }

  private void show(Path file) throws IOException, InterruptedException {
    try (LogTail tail = new LogTail(file, this::print)) {
      tail.last(lines);
      while (follow) {
        tail.awaitMore();
      }
    }
  }

  /** A log has what strangers sent: nothing of it may steer the terminal. */
  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line.replaceAll("[\\p{javaISOControl}&&[^\\t]]", "?"));
    if (out.checkError()) {
      throw new UnwritableException();
    }
  }

  private void checkName(SystemFolder system) {
    List<String> known =
        new ArrayList<>(system.record().servers().stream().map(ServerAddress::name).toList());
    known.add(Detached.NAME);
    if (!known.contains(server)) {
      throw new UsageException(
          "server \"%s\" must be one of %s, but is not: did you mean \"%s\"?"
              .formatted(server, String.join(", ", known), Nearest.of(server, known)));
    }
  }
}
