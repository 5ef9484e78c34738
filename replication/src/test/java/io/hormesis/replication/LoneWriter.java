package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.hormesis.storage.LocalDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A real process with a real store, alone in its group. It raises a number and prints each one that
 * was acknowledged.
 */
final class LoneWriter {

  /** With this status it ends of an error of its store, whose text is then the last line. */
  static final int STORE_FAILED = 9;

  private static final GroupPlan ALONE = new GroupPlan(World.GROUP, List.of("a1"));

  private LoneWriter() {}

  /** Writes into a folder, as many numbers as the second argument says, else for ever. */
  public static void main(String[] args) throws Exception {
    long left = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
    try (LocalDisk disk = LocalDisk.open(Path.of(args[0]))) {
      Replica replica = leader(open(disk, new RealTime()));
      long version = replica.read("k").get(1, TimeUnit.MINUTES).version();
      while (left > 0) {
        if (replica.commit(next(version)).get(1, TimeUnit.MINUTES)
            instanceof Committed.Applied applied) {
          version = applied.version();
          System.out.println(version);
          left--;
        }
      }
      Runtime.getRuntime().halt(0);
    }
  }

  /** The command that runs it; the arguments of {@link #main} are still to be added. */
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        LoneWriter.class.getName());
  }

  static Replicas open(LocalDisk disk, RealTime time) {
    ReplicasPorts ports = new ReplicasPorts(disk, time, time, new Random(1), (_, _) -> {});
    ReplicasListener listener =
        new OnlyFailures(cause -> {
          System.out.println(cause.getMessage());
          Runtime.getRuntime().halt(STORE_FAILED);
        });
    GroupLimits limits = GroupLimits.USUAL.withSnapshotEvery(50);
    return Replicas.open(
        new ReplicasSettings("s", "a1", List.of(ALONE), Timing.USUAL, limits), ports, listener);
  }

  static Replica leader(Replicas replicas) {
    Replica replica = replicas.group(World.GROUP);
    await("to lead")
        .atMost(Duration.ofMinutes(1))
        .until(() -> replica.status().role() == Role.LEADER);
    return replica;
  }

  private static Change next(long version) {
    byte[] text = String.valueOf(version + 1).getBytes(UTF_8);
    return new Change(
        "k", "r" + version, text, version, Optional.of(text), text, List.of(), Instant.now());
  }
}
