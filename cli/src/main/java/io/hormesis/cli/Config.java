package io.hormesis.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows each setting and where it came from. */
@Command(
    name = "config",
    description =
        """
        Shows each setting, its value and where it came from. One is set in the environment \
        (HORMESIS_KEY), in hormesis.properties (key = value), or by the option of the same name.\
        """,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Config implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "Whose data folder is shown; the example's when left out.")
  Optional<Path> app = Optional.empty();

  @Mixin Settings settings = new Settings();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    String form = "%-18s %-24s %s%n";
    out.printf(form, "SETTING", "VALUE", "FROM");
    for (Settings.Value value : settings.all()) {
      String shown =
          value.key().equals(Setting.DATA.key())
              ? settings.dataFolder(application()).toString()
              : value.value();
      out.printf(form, value.key(), shown, value.source());
    }
  }

  private String application() {
    return ApplicationJars.given(app).application().name();
  }
}
