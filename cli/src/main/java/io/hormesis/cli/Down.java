package io.hormesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Stops a system: asks the process that keeps it to stop all servers in order, and waits for it.
 */
@Command(
    name = "down",
    description =
        """
        Stops the servers of a system in order and waits until all have ended, wherever it was \
        started. What was acknowledged stays in its data folder.\
        """,
    mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {
  /** Longer than a keeper takes for servers that it must kill. */
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the system.")
  Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws InterruptedException, IOException {
    SystemFolder system = SystemFolder.chosen(data);
    Optional<KeeperRecord> keeper = system.keeper();
    if (keeper.isPresent()) {
      stop(system, keeper.get().keeper());
    } else {
      nothing(system);
    }
    return ExitStatus.DONE;
  }

  private void stop(SystemFolder system, ProcessMark keeper)
      throws InterruptedException, IOException {
    ProcessHandle process = keeper.running().orElseThrow(() -> gone(system));
    checkOwner(system, process);
    out()
        .println(
            "stopping %s (process %d)".formatted(system.record().application(), process.pid()));
    if (!process.destroy()) {
      throw new UsageException(
          "process %d, which keeps the system in %s, must take the signal to stop, but does not: stop it as its owner"
              .formatted(process.pid(), system.path()));
    }
    if (!keeper.awaitEnd(WITHIN)) {
      throw new UsageException(
          "process %d, which keeps the system in %s, must end within %d s, but did not: end it with kill -9 %d; its servers end by themselves then"
              .formatted(process.pid(), system.path(), WITHIN.toSeconds(), process.pid()));
    }
    out().println("%s is stopped".formatted(system.record().application()));
  }

  private void nothing(SystemFolder system) {
    Optional<KeeperRecord> left = KeeperRecord.read(system.path());
    Leftovers.awaitEnd(system.path(), System.err);
    out()
        .println(
            "nothing of %s runs on %s: there is nothing to stop%s"
                .formatted(
                    system.record().application(),
                    system.path(),
                    left.map(it -> ended(it.keeper())).orElse("")));
  }

  private static String ended(ProcessMark keeper) {
    return " (process %d, which kept it, was killed, or the machine was started again)"
        .formatted(keeper.pid());
  }

  /** Whoever may write into the folder must not choose which of our processes ends. */
  private static void checkOwner(SystemFolder system, ProcessHandle process) throws IOException {
    Path file = KeeperRecord.file(system.path());
    String owner = Files.getOwner(file).getName();
    String user = process.info().user().orElse("unknown");
    if (!owner.equals(user)) {
      throw new UsageException(
          "%s must belong to the user who runs process %d, but belongs to %s and the process to %s: nothing was stopped; look at both, and stop the right one by hand"
              .formatted(file, process.pid(), owner, user));
    }
  }

  private static UsageException gone(SystemFolder system) {
    return new UsageException(
        "the system in %s must run to be stopped, but ended a moment ago: there is nothing to stop"
            .formatted(system.path()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
