package io.hormesis.cli;

import io.hormesis.process.DeclarationException;
import io.hormesis.server.Version;
import io.hormesis.simulation.generate.UndrawableException;
import io.hormesis.simulation.sweep.UnsweepableException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Hormesis at the command line. Data goes to standard output, everything else to standard error.
 */
@Command(
    name = "hormesis",
    description = "Runs applications that stay up, and get harder to bring down.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.VersionText.class,
    subcommands = {
      NewCommand.class,
      Up.class,
      Down.class,
      Status.class,
      Logs.class,
      Config.class,
      Simulate.class,
      SweepCommand.class,
      BenchCommand.class,
      AotTraining.class,
      GenerateCommand.class,
      Main.VersionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String... arguments) {
    // Commands, numbers and reports are the same everywhere, whatever digits people write there.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("logback.configurationFile", "launcher-logging.xml");
    System.exit(execute(commandLine(), arguments));
  }

  /** Runs a command; what nobody could read was not done. */
  static int execute(CommandLine line, String... arguments) {
    Optional<String> unreadable =
        Unreadable.among(List.of(arguments), System.getenv(), System.getProperty("user.dir", ""));
    if (unreadable.isPresent()) {
      line.getErr().println("hormesis: " + unreadable.get());
      return ExitStatus.USAGE;
    }
    int status = line.execute(arguments);
    if (status != ExitStatus.DONE || !line.getOut().checkError()) {
      return status;
    }
    return failed(new UnwritableException(), line);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // One that also knows what its stream could not write.
    line.setOut(new PrintWriter(System.out, true, System.out.charset()));
    line.setDefaultValueProvider(Settings.usualSources());
    line.registerConverter(java.time.Duration.class, Durations::parse);
    line.registerConverter(int.class, WholeNumbers::small);
    line.registerConverter(Integer.class, WholeNumbers::small);
    line.registerConverter(long.class, WholeNumbers::large);
    line.registerConverter(Long.class, WholeNumbers::large);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A command line that cannot be understood. */
  private static int usage(ParameterException failure, String... arguments) {
    failure.getCommandLine().getErr().println("hormesis: " + Usage.explained(failure));
    return ExitStatus.USAGE;
  }

  private static int failed(Exception failure, CommandLine command) {
    boolean ours =
        failure instanceof UsageException
            || failure instanceof io.hormesis.keeper.KeeperException
            || failure instanceof DeclarationException
            || failure instanceof UndrawableException
            || failure instanceof UnsweepableException;
    if (ours) {
      command.getErr().println("hormesis: " + failure.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof UnwritableException) {
      command.getErr().println("hormesis: " + failure.getMessage());
      return ExitStatus.INTERNAL;
    }
    command.getErr().println("hormesis: internal error: " + failure);
    failure.printStackTrace(command.getErr());
    return ExitStatus.INTERNAL;
  }

  /** The version, for people and for {@code --version}. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"hormesis " + Version.CURRENT};
    }
  }

  /** Prints the version. */
  @Command(name = "version", description = "Prints the version.")
  static final class VersionCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().getOut().println("hormesis " + Version.CURRENT);
    }
  }
}
