package io.hormesis.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The configuration: for each key its value and where it came from. An option overrides the
 * environment, the environment the file {@code hormesis.properties} in the current folder, the file
 * the default. What is not known is refused.
 */
final class Settings {
  static final String FILE = "hormesis.properties";
  private static final String PREFIX = "HORMESIS_";

  /** What the launcher script reads. */
  private static final Set<String> LAUNCHER = Set.of("HORMESIS_MAVEN_OPTS", "HORMESIS_JDK_FOLDERS");

  private static final Map<String, Key> KEYS = keys();

  private final Map<String, Value> values = new LinkedHashMap<>();

  /** A value and its source. */
  record Value(String key, String value, String source) {}

  /** A key that is known. */
  private record Key(String usual, String rule, String form) {}

  private Settings() {}

  /**
   * Reads all sources but the options.
   *
   * @param folder where the file is looked for
   * @throws UsageException when a key is not known or a value is malformed
   */
  static Settings read(Path folder, Map<String, String> environment) {
    Settings settings = new Settings();
    KEYS.forEach((name, key) -> settings.values.put(name, new Value(name, key.usual(), "default")));
    file(folder).forEach((name, value) -> settings.set(name, value, FILE));
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !LAUNCHER.contains(name)) {
        String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        settings.set(key, value, name);
      }
    });
    return settings;
  }

  /** An option of the command line, when it was given. */
  void option(String key, Optional<?> given) {
    given.ifPresent(value -> set(key, value.toString(), "--" + key));
  }

  int number(String key) {
    return Integer.parseInt(text(key));
  }

  String text(String key) {
    return Optional.ofNullable(values.get(key)).orElseThrow().value();
  }

  List<Value> all() {
    return new ArrayList<>(values.values());
  }

  private void set(String key, String value, String source) {
    Key known = KEYS.get(key);
    if (known == null) {
      throw new UsageException(
          "setting \"%s\" (%s) is not known: did you mean \"%s\"? See ./hormesis config"
              .formatted(key, source, Nearest.of(key, KEYS.keySet())));
    }
    if (!value.matches(known.form())) {
      throw new UsageException(
          "setting %s (%s) must be %s, but was \"%s\": change it there"
              .formatted(key, source, known.rule(), value));
    }
    values.put(key, new Value(key, value, source));
  }

  private static Map<String, String> file(Path folder) {
    Path path = folder.resolve(FILE);
    Map<String, String> entries = new LinkedHashMap<>();
    if (Files.exists(path)) {
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
          .forEach(name -> entries.put(name, properties.getProperty(name)));
    }
    return entries;
  }

  private static Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    keys.put("regions", new Key("3", "a number from 1 to 9", "[1-9]"));
    keys.put("servers", new Key("2", "a number of servers a region, from 1 to 9", "[1-9]"));
    keys.put("port", new Key("7400", "a port from 0 (any that is free) to 65535", "\\d{1,5}"));
    keys.put("data", new Key(".hormesis", "a folder", ".+"));
    keys.put(
        "heap",
        new Key(
            "96m", "a size in megabytes such as 96m, 32m at least", "(3[2-9]|[4-9]\\d|\\d{3,5})m"));
    keys.put("evidence-elects", new Key("true", "true or false", "true|false"));
    return keys;
  }
}
