package io.hormesis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What the build of the platform has written down for the builds of applications. */
final class BuildProperties {
  private static final String FILE = "/build.properties";

  private BuildProperties() {}

  /** The Maven plugin that copies what an application needs besides its own jar. */
  static String dependencyPlugin() {
    return Objects.requireNonNull(all().getProperty("dependency-plugin"));
  }

  private static Properties all() {
    Properties properties = new Properties();
    try (InputStream in = Objects.requireNonNull(BuildProperties.class.getResourceAsStream(FILE))) {
      properties.load(in);
      return properties;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
