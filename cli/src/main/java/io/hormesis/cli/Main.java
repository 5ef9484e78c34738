package io.hormesis.cli;

import io.hormesis.process.DeclarationException;
import io.hormesis.server.Version;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * Hormesis at the command line. Data goes to standard output, everything else to standard error.
 */
@Command(
    name = "hormesis",
    description = "Runs applications that stay up, and get harder to bring down.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.VersionText.class,
    subcommands = {
      Up.class,
      Status.class,
      Config.class,
      Train.class,
      Main.VersionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {

  public static void main(String... arguments) {
    System.setProperty("logback.configurationFile", "launcher-logging.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(java.time.Duration.class, Durations::parse);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  @Override
  public void run() {
    commandLine().usage(System.out);
  }

  /** A command line that cannot be understood: the thing, the rule, the value, the next step. */
  private static int usage(ParameterException failure, String... arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hormesis: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println(
          "Try \"./hormesis help%s\"."
              .formatted(
                  command.getCommandName().equals("hormesis")
                      ? ""
                      : " " + command.getCommandName()));
    }
    return ExitStatus.USAGE;
  }

  private static int failed(Exception failure, CommandLine command) {
    boolean ours =
        failure instanceof UsageException
            || failure instanceof io.hormesis.keeper.KeeperException
            || failure instanceof DeclarationException;
    if (ours) {
      command.getErr().println("hormesis: " + failure.getMessage());
      return ExitStatus.USAGE;
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
    @Override
    public void run() {
      System.out.println("hormesis " + Version.CURRENT);
    }
  }
}
