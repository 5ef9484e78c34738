package io.hormesis.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Configuration of a system, as options that commands mix in: for each setting its value and where
 * it came from. An option overrides the environment, the environment the file {@code
 * hormesis.properties}, the file the default ({@link SettingSources}). Every value is checked when
 * the first one is asked for.
 */
final class Settings {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private boolean checked;

  @Option(
      names = "--regions",
      descriptionKey = "regions",
      defaultValue = "3",
      paramLabel = "N",
      description = "Regions; 3 unless set.")
  String regions = "";

  @Option(
      names = "--servers",
      descriptionKey = "servers",
      defaultValue = "2",
      paramLabel = "N",
      description = "Servers a region; 2 unless set.")
  String servers = "";

  @Option(
      names = "--port",
      descriptionKey = "port",
      defaultValue = "7400",
      paramLabel = "N",
      description = "First of the ports, ten a server; 7400 unless set, 0 takes free ones.")
  String port = "";

  @Option(
      names = "--data",
      descriptionKey = "data",
      defaultValue = ".hormesis",
      paramLabel = "DIR",
      description = "Data folder; .hormesis/APP unless set.")
  String data = "";

  @Option(
      names = "--heap",
      descriptionKey = "heap",
      defaultValue = "96m",
      paramLabel = "SIZE",
      description = "Largest heap of a server; 96m unless set.")
  String heap = "";

  @Option(
      names = "--evidence-elects",
      descriptionKey = "evidence-elects",
      defaultValue = "true",
      paramLabel = "BOOL",
      description = "Elect at once when a leader is known to be dead; true unless set.")
  String evidenceElects = "";

  /** A value and its source. */
  record Value(String key, String value, String source) {}

  /**
   * Settings without a command line of a person.
   *
   * @param options such as {@code --port 0}
   */
  static Settings of(SettingSources sources, String... options) {
    Plain plain = new Plain();
    CommandLine line = new CommandLine(plain);
    line.setDefaultValueProvider(sources);
    line.parseArgs(options);
    return plain.settings;
  }

  /** The sources of a person's command line: the file in the current folder, the environment. */
  static SettingSources usualSources() {
    return new SettingSources(Path.of(""), System.getenv());
  }

  int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  String text(Setting setting) {
    return value(setting).value();
  }

  /**
   * The data folder of an application's system: the folder that an option names, else one of the
   * application's own in the folder that is set.
   *
   * @throws UsageException when it is no path
   */
  Path dataFolder(String application) {
    Value set = value(Setting.DATA);
    try {
      Path folder = Path.of(set.value());
      return set.source().startsWith("--") ? folder : folder.resolve(application);
    } catch (InvalidPathException noPath) {
      throw new UsageException(
          "setting data (%s) must be a folder, but cannot be one (%s): change it there"
              .formatted(set.source(), noPath.getReason()));
    }
  }

  /** All of them, each with its source. */
  List<Value> all() {
    return List.of(Setting.values()).stream().map(this::value).toList();
  }

  private Value value(Setting setting) {
    check();
    return unchecked(setting);
  }

  private void check() {
    if (!checked) {
      sources().check();
      for (Setting setting : Setting.values()) {
        Value value = unchecked(setting);
        setting.check(value.value(), value.source());
      }
      checked = true;
    }
  }

  private Value unchecked(Setting setting) {
    OptionSpec option = command.findOption("--" + setting.key());
    if (command.commandLine().getParseResult().hasMatchedOption(option)) {
      return new Value(setting.key(), option.getValue(), "--" + setting.key());
    }
    // As it was given: picocli would put variables into it, such as ${sys:user.home}.
    return sources()
        .given(setting.key())
        .map(it -> new Value(setting.key(), it.value(), it.source()))
        .orElseGet(() -> new Value(setting.key(), option.getValue(), "default"));
  }

  private SettingSources sources() {
    return command.defaultValueProvider() instanceof SettingSources sources
        ? sources
        : SettingSources.none();
  }

  /** A command that has settings and does nothing. */
  @Command
  private static final class Plain {
    @Mixin Settings settings = new Settings();
  }
}
