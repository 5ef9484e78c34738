package io.hormesis.cli;

import io.hormesis.process.Application;
import io.hormesis.process.DeclarationException;
import io.hormesis.server.ApplicationLoader;
import io.hormesis.simulation.generate.Generator;
import io.hormesis.trial.Workload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/**
 * The jars of one application.
 *
 * @param named what it was opened from
 * @param loader finds the application's classes
 */
record ApplicationJars(
    Path named, List<Path> jars, ApplicationLoader loader, Application application)
    implements AutoCloseable {

  /**
   * Opens a jar, a folder of jars, or the folder of a source, which is built first.
   *
   * @throws UsageException when there is no application in it
   */
  static ApplicationJars open(Path path) {
    Path built =
        path.toString().isEmpty()
            ? path
            : ApplicationSource.in(path).map(it -> it.built(System.err)).orElse(path);
    return open(built, jars(built));
  }

  /**
   * The same application, run from copies that are kept with the data of its system.
   *
   * @throws UsageException when it cannot be copied, or its jars were changed meanwhile
   */
  ApplicationJars kept(Path data) {
    ApplicationJars kept = open(named, CodeFolder.of(data).keep(jars));
    if (!kept.application().name().equals(application.name())) {
      throw noApplication(named, "became another one while it was copied");
    }
    return kept;
  }

  /**
   * The same application with classes of its own, whose statics know nothing yet.
   *
   * @throws UsageException when it cannot be loaded any more
   */
  ApplicationJars again() {
    return load(named, jars);
  }

  /** Lets go of the jars; what was not loaded before is not found any more. */
  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ApplicationJars open(Path path, List<Path> jars) {
    jars.forEach(it -> checkWhole(path, it));
    return load(path, jars);
  }

  private static ApplicationJars load(Path path, List<Path> jars) {
    ApplicationLoader loader = ApplicationLoader.of(jars);
    return new ApplicationJars(
        path, jars, loader, ApplicationLoader.within(loader, () -> application(path, loader)));
  }

  /**
   * Opens what the command line names, or the example when it names nothing.
   *
   * @throws UsageException when there is no application in it
   */
  static ApplicationJars given(Optional<Path> path) {
    String home = System.getProperty("hormesis.home", "target/hormesis");
    return open(path.orElseGet(() -> Path.of(home, "apps")));
  }

  /**
   * The load that the application brings for itself; empty when it brings none.
   *
   * @throws UsageException when it names one that cannot be loaded
   */
  Optional<Workload> workload() {
    return named(Workload.class).stream().findFirst();
  }

  /**
   * The help that the application brings for drawing its values.
   *
   * @throws UsageException when it names one that cannot be loaded
   */
  List<Generator<?>> generators() {
    List<Generator<?>> generators = new ArrayList<>();
    named(Generator.class).forEach(generators::add);
    return generators;
  }

  private <T> List<T> named(Class<T> service) {
    try {
      return ApplicationLoader.within(
          loader,
          () ->
              ServiceLoader.load(service, loader).stream()
                  .map(ServiceLoader.Provider::get)
                  .toList());
    } catch (ServiceConfigurationError | LinkageError wrong) {
      throw new UsageException(
          "application %s must name in META-INF/services what can be loaded, but does not (%s): correct the name, or leave it out"
              .formatted(application.name(), wrong.getMessage()));
    }
  }

  private static List<Path> jars(Path path) {
    if (path.toString().isEmpty()) {
      throw noApplication(path, "was named by nothing");
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        List<Path> jars = entries.filter(it -> it.toString().endsWith(".jar")).sorted().toList();
        if (!jars.isEmpty()) {
          return jars.stream().map(Path::toAbsolutePath).toList();
        }
      } catch (IOException unreadable) {
        throw noApplication(path, "cannot be read: " + unreadable.getMessage());
      }
      throw noApplication(path, "holds no jar");
    }
    if (!Files.isRegularFile(path)) {
      throw noApplication(path, "does not exist");
    }
    if (!path.toString().endsWith(".jar")) {
      throw noApplication(path, "is another file");
    }
    return List.of(path.toAbsolutePath());
  }

  private static Application application(Path path, ClassLoader loader) {
    List<Application.Source> sources = new ArrayList<>();
    try {
      ServiceLoader.load(Application.Source.class, loader).forEach(sources::add);
    } catch (ServiceConfigurationError | LinkageError wrong) {
      throw noApplication(path, "has a source that cannot be loaded (" + wrong.getMessage() + ")");
    }
    if (sources.size() != 1) {
      throw noApplication(path, "names %d in META-INF/services".formatted(sources.size()));
    }
    try {
      return sources.getFirst().application();
    } catch (DeclarationException ours) {
      throw ours;
    } catch (RuntimeException | Error theirs) {
      throw noApplication(path, "has a source that fails (" + theirs + ")");
    }
  }

  /** A class loader passes over what it cannot open or read, without a word. */
  private static void checkWhole(Path path, Path jar) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(opened.entries())) {
        checkWhole(path, jar, opened, entry);
      }
    } catch (IOException | SecurityException unreadable) {
      throw noApplication(
          path, "%s cannot be opened as one (%s)".formatted(jar, unreadable.getMessage()));
    }
  }

  private static void checkWhole(Path path, Path jar, JarFile opened, JarEntry entry)
      throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(opened.getInputStream(entry), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException torn) {
      throw torn(path, jar, entry);
    }
    if (!entry.isDirectory() && sum.getValue() != entry.getCrc()) {
      throw torn(path, jar, entry);
    }
  }

  private static UsageException torn(Path path, Path jar, JarEntry entry) {
    return noApplication(
        path, "%s cannot be read whole (%s in it is damaged)".formatted(jar, entry.getName()));
  }

  private static UsageException noApplication(Path path, String actual) {
    return new UsageException(
        "application %s must be a jar, a folder of jars, or a folder with a pom.xml, with one %s, but %s: build it, or leave it out to run the example"
            .formatted(
                path.toString().isEmpty() ? "\"\"" : path,
                Application.Source.class.getCanonicalName(),
                actual));
  }
}
