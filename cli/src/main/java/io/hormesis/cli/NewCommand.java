package io.hormesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a small application that builds and runs. */
@Command(
    name = "new",
    description =
        """
        Writes a small application into a new folder, for a start: a worker with state and one \
        without, their contracts, routes, a damage, and a test in which servers fail. Maven builds \
        it against what this folder of Hormesis has built.\
        """,
    mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A folder that is not there yet, or is empty.")
  Path folder = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the application; that of the folder unless set.")
  Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    Path written = folder.toAbsolutePath().normalize();
    ApplicationName named = new ApplicationName(name.orElseGet(() -> lastOf(written)));
    Path home = Path.of(System.getProperty("hormesis.home", "target/hormesis")).toAbsolutePath();
    try {
      checkFree(written);
      Files.createDirectories(written);
      new ApplicationTemplate(named, home).write(written);
    } catch (IOException failure) {
      throw new UsageException(
          "folder %s must take a new application, but cannot be written (%s): name another"
              .formatted(written, failure));
    }
    tell(named);
    return ExitStatus.DONE;
  }

  private static String lastOf(Path folder) {
    return Optional.ofNullable(folder.getFileName()).map(Path::toString).orElse("");
  }

  private static void checkFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException(
          "folder %s must be new or empty, but is a file: name another".formatted(folder));
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        Optional<Path> first = entries.sorted().findFirst();
        if (first.isPresent()) {
          throw new UsageException(
              "folder %s must be new or empty, but holds %s: name another"
                  .formatted(folder, Objects.requireNonNull(first.get().getFileName())));
        }
      }
    }
  }

  private void tell(ApplicationName named) {
    PrintWriter out = spec.commandLine().getOut();
    String typed = ShellWord.quoted(folder);
    out.println(
        "application %s is in %s: begin with README.md there".formatted(named.text(), typed));
    out.println("run it: ./hormesis up " + typed);
    out.println("run it among faults: ./hormesis simulate " + typed);
  }
}
