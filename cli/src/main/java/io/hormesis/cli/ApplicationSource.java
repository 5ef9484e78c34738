package io.hormesis.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source of an application: a folder with a {@code pom.xml}. Maven builds it, without its
 * tests; its jar and those that it needs are put into {@code target/hormesis}.
 *
 * @param folder where the {@code pom.xml} is
 * @param path where programs are looked for, as in the environment
 */
record ApplicationSource(Path folder, String path) {
  private static final int MOST_ERRORS = 12;
  private static final String POM = "pom.xml";

  /** The source in a folder; empty when the folder holds none. */
  static Optional<ApplicationSource> in(Path folder) {
    return Files.isRegularFile(folder.resolve(POM))
        ? Optional.of(
            new ApplicationSource(
                folder.toAbsolutePath().normalize(), System.getenv().getOrDefault("PATH", "")))
        : Optional.empty();
  }

  /**
   * Builds it.
   *
   * @param err is told how far it is
   * @return the folder of the jars
   * @throws UsageException when it cannot be built
   */
  Path built(PrintStream err) {
    String maven = maven();
    try {
      Path jars = target().resolve("hormesis");
      if (Files.exists(jars)) {
        Folders.remove(jars);
      }
      Files.createDirectories(jars);
      run(maven, BuildProgress.of(err, folder));
      Path jar = jar();
      Files.copy(jar, jars.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      return jars;
    } catch (IOException failure) {
      throw new UsageException(
          "application %s must be built in its folder target, but that cannot be written (%s): make room or give the right to write"
              .formatted(folder, failure));
    }
  }

  private void run(String maven, BuildProgress progress) throws IOException {
    Process process = builder(maven).start();
    try (BufferedReader lines = process.inputReader();
        Writer kept = Files.newBufferedWriter(log())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.write(line + "\n");
        progress.line(line);
      }
    }
    int status = ended(process);
    progress.end(status == 0);
    if (status != 0) {
      throw new UsageException(
          "application %s must build, but Maven ended with status %d: mend what it says, and see %s%s"
              .formatted(folder, status, log(), errors()));
    }
  }

  private ProcessBuilder builder(String maven) {
    List<String> command =
        List.of(
            maven,
            "--batch-mode",
            "-DskipTests",
            "package",
            BuildProperties.dependencyPlugin() + ":copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=" + target().resolve("hormesis"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // A build is a short program: the quick compiler serves it best.
    environment.put(
        "MAVEN_OPTS",
        "--sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
            + environment.getOrDefault("HORMESIS_MAVEN_OPTS", ""));
    return builder;
  }

  private static int ended(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private String maven() {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(it -> !it.isEmpty())
        .map(it -> Path.of(it, "mvn"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "application %s must be built by Maven 3.8 or later, but there is no mvn on the PATH: install it, or name a jar"
                    .formatted(folder)));
  }

  /** The one jar of the application itself. */
  private Path jar() throws IOException {
    try (Stream<Path> entries = Files.list(target())) {
      List<Path> jars =
          entries
              .filter(it -> it.toString().endsWith(".jar"))
              .filter(it -> !it.toString().matches(".*-(sources|javadoc|tests|test-sources)\\.jar"))
              .sorted()
              .toList();
      if (jars.size() == 1) {
        return jars.getFirst();
      }
      throw new UsageException(
          "application %s must build one jar in %s, but there are %d%s: %s"
              .formatted(
                  folder,
                  target(),
                  jars.size(),
                  names(jars),
                  jars.isEmpty()
                      ? "give its pom.xml the packaging jar, or name a folder of jars"
                      : "remove the old ones with mvn clean, or name the jar itself"));
    }
  }

  private static String names(List<Path> jars) {
    return jars.isEmpty()
        ? ""
        : jars.stream()
            .map(it -> it.getFileName().toString())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private String errors() throws IOException {
    List<String> errors = new ArrayList<>();
    try (Stream<String> lines = Files.lines(log())) {
      lines
          .filter(it -> it.startsWith("[ERROR] ") && !it.contains("[Help 1]"))
          .distinct()
          .limit(MOST_ERRORS)
          .forEach(it -> errors.add("\n  " + it.substring("[ERROR] ".length())));
    }
    return String.join("", errors);
  }

  private Path target() {
    return folder.resolve("target");
  }

  private Path log() {
    return target().resolve("hormesis-build.log");
  }
}
