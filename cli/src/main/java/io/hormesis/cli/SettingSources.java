package io.hormesis.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Default-value provider of the command line: a setting that no option gives comes from the
 * environment ({@code HORMESIS_KEY}), else from the file {@code hormesis.properties} in the current
 * folder. Only options with a description key are settings; the key is the setting's.
 */
final class SettingSources implements IDefaultValueProvider {
  static final String FILE = "hormesis.properties";
  static final String PREFIX = "HORMESIS_";

  /** What the launcher script reads. */
  private static final Set<String> LAUNCHER = Set.of("HORMESIS_MAVEN_OPTS", "HORMESIS_JDK_FOLDERS");

  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private Optional<UsageException> problem = Optional.empty();
  private boolean read;

  /** A value and its source. */
  record Given(String value, String source) {}

  /**
   * Sources that are read when first asked.
   *
   * @param folder where the file is looked for
   */
  SettingSources(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** Where nothing is given. */
  static SettingSources none() {
    SettingSources none = new SettingSources(Path.of(""), Map.of());
    none.read = true;
    return none;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.descriptionKey() != null
        ? given(option.descriptionKey()).map(Given::value).orElse(null)
        : null;
  }

  /** What is given for a setting; empty when it is nothing. */
  Optional<Given> given(String key) {
    read();
    return Optional.ofNullable(given.get(key));
  }

  /**
   * Refuses what cannot be read or is not known.
   *
   * @throws UsageException when there is any
   */
  void check() {
    read();
    if (problem.isPresent()) {
      throw problem.get();
    }
    given.forEach((key, value) -> {
      if (Setting.of(key).isEmpty()) {
        throw new UsageException(
            "setting \"%s\" (%s) is not known: did you mean \"%s\"? See ./hormesis config"
                .formatted(key, value.source(), Nearest.of(key, Setting.keys())));
      }
    });
  }

  private void read() {
    if (read) {
      return;
    }
    read = true;
    try {
      file();
    } catch (UsageException unreadable) {
      // Told when a command asks for its settings: the others need none.
      problem = Optional.of(unreadable);
    }
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !LAUNCHER.contains(name)) {
        String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        given.put(key, new Given(value, name));
      }
    });
  }

  private void file() {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException failure) {
      throw new UsageException(
          "%s must be lines of the form key = value, but cannot be read (%s): mend or remove it"
              .formatted(path, failure.getMessage()));
    }
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> given.put(name, new Given(properties.getProperty(name), FILE)));
  }
}
