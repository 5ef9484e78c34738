package io.hormesis.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the micro-benchmarks, compiled as on servers and by all compilers of the JDK. They are no
 * part of the product, so they get a JVM of their own, with the libraries that only they need.
 */
final class MicroBench {
  private static final String MAIN = "io.hormesis.microbench.MicrobenchMain";

  private final Path libraries;

  /**
   * @param home what the launcher has built
   */
  MicroBench(Path home) {
    this.libraries = home.resolve("microbench");
  }

  /**
   * Runs those whose names hold a text.
   *
   * @param rounds JVMs in which each is measured
   * @return exit status
   */
  int run(String text, int rounds) throws IOException, InterruptedException {
    if (!Files.isDirectory(libraries)) {
      throw new UsageException(
          "bench micro must find its benchmarks in %s, but there is no such folder: write ./hormesis bench micro, which builds them"
              .formatted(libraries));
    }
    Process process = new ProcessBuilder(command(text, rounds)).inheritIO().start();
    // Whoever ends this program means that one too.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process.waitFor();
  }

  private List<String> command(String text, int rounds) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xlog:disable",
            "-Xlog:all=off",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            libraries.resolve("*") + File.pathSeparator + System.getProperty("java.class.path"),
            MAIN,
            text,
            Integer.toString(rounds)));
    command.addAll(ServerCommand.COMPILATION);
    return command;
  }
}
