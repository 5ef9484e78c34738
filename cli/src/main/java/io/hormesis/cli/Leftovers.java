package io.hormesis.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Servers of a launcher that was killed. They end by themselves within seconds, and until then they
 * hold their ports and their data.
 */
final class Leftovers {
  private static final Duration USUAL = Duration.ofSeconds(30);

  private Leftovers() {}

  /**
   * Waits until none is left. For whoever holds the lock of the data, or knows that nobody does.
   *
   * @param err is told what is waited for
   * @throws UsageException when some do not end
   */
  static void awaitEnd(Path data, PrintStream err) {
    awaitEnd(data, err, USUAL);
  }

  static void awaitEnd(Path data, PrintStream err, Duration within) {
    Map<String, ProcessMark> left = left(data);
    if (left.isEmpty()) {
      return;
    }
    err.println(
        "waiting for %s of a launcher that was killed: they end within seconds"
            .formatted(shown(left)));
    long deadline = System.nanoTime() + within.toNanos();
    for (ProcessMark mark : left.values()) {
      await(mark, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    Map<String, ProcessMark> still = left(data);
    if (!still.isEmpty()) {
      throw new UsageException(
          "servers of a launcher that was killed must end within %d s, but %s still run on data folder %s: end them, for example by kill -9 %s"
              .formatted(within.toSeconds(), shown(still), data, pids(still)));
    }
  }

  private static void await(ProcessMark mark, Duration within) {
    try {
      boolean _ = mark.awaitEnd(within);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UsageException("the wait for servers of a killed launcher was interrupted");
    }
  }

  private static Map<String, ProcessMark> left(Path data) {
    Map<String, ProcessMark> left = new TreeMap<>();
    KeeperRecord.read(data).ifPresent(it -> left.putAll(it.servers()));
    left.values().removeIf(it -> it.running().isEmpty());
    return left;
  }

  private static String shown(Map<String, ProcessMark> left) {
    return left.entrySet().stream()
        .map(it -> "%s (process %d)".formatted(it.getKey(), it.getValue().pid()))
        .collect(Collectors.joining(", "));
  }

  private static String pids(Map<String, ProcessMark> left) {
    return left.values().stream()
        .map(it -> Long.toString(it.pid()))
        .collect(Collectors.joining(" "));
  }
}
