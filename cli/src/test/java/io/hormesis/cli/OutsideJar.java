package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars of applications whose classes are on nobody else's class path. */
final class OutsideJar {
  private OutsideJar() {}

  /** Compiles the sources of a folder among the test's resources into a folder. */
  static Path compiled(String sources, Path into) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-parameters", "-proc:none", "-d"));
    arguments.add(Files.createDirectories(into).toString());
    files(resource(sources)).stream()
        .map(Path::toString)
        .filter(it -> it.endsWith(".java"))
        .forEach(arguments::add);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    return into;
  }

  static Path resource(String name) {
    return LaunchedSystem.root().resolve("cli/src/test/resources").resolve(name);
  }

  /** A jar of all files in some folders. */
  static Path of(Path jar, Path... folders) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path from : folders) {
        for (Path file : files(from)) {
          entries.putNextEntry(new JarEntry(from.relativize(file).toString()));
          Files.copy(file, entries);
        }
      }
    }
    return jar;
  }

  /** Names a provider of a service in a folder of classes. */
  static void name(Path classes, Class<?> service, String provider) throws IOException {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(service.getName()), provider + "\n", StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
