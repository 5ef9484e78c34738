package io.hormesis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line of a server's process. */
final class ServerCommand {
  private static final String MAIN = "io.hormesis.cluster.ServerMain";

  /** The quick compiler, one collector thread and small objects: six servers share a laptop. */
  static final List<String> COMPILATION =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

  private ServerCommand() {}

  /**
   * Composes it.
   *
   * @param servers how many servers share this machine: each takes its share of the processors
   * @param heap largest heap, such as {@code 96m}
   * @param train where a start-up cache is to be written; empty: the one that is there is used
   */
  static List<String> of(int servers, String heap, Optional<Path> train) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(COMPILATION);
    command.addAll(
        List.of(
            "-XX:ActiveProcessorCount=" + share(servers),
            // One worker that never lets go must not stop the others of its server.
            "-Djdk.virtualThreadScheduler.parallelism=2",
            "-Xmx" + heap,
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-Djdk.serialFilter=!*",
            "-Djava.net.preferIPv4Stack=true",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    if (train.isPresent()) {
      command.add("-XX:AOTCacheOutput=" + train.get());
    } else {
      cache().ifPresent(it -> command.add("-XX:AOTCache=" + it));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    return command;
  }

  /** With more threads than processors of its own, a server only wakes what cannot run. */
  private static int share(int servers) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / servers);
  }

  private static Optional<Path> cache() {
    return Optional.ofNullable(System.getProperty("hormesis.home"))
        .map(home -> Path.of(home, "start.aot"))
        .filter(Files::exists);
  }
}
