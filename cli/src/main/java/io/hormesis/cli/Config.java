package io.hormesis.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows each setting and where it came from. */
@Command(
    name = "config",
    description =
        """
        Shows each setting, its value and where it came from. One is set in the environment \
        (HORMESIS_KEY), in hormesis.properties (key = value), or by the option of the same name.\
        """,
    mixinStandardHelpOptions = true)
final class Config implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-18s %-12s %s%n", "SETTING", "VALUE", "FROM");
    for (Settings.Value value : Settings.read(Path.of(""), System.getenv()).all()) {
      out.printf("%-18s %-12s %s%n", value.key(), value.value(), value.source());
    }
  }
}
