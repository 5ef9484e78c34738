package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.storage.LocalDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a real store is killed, again and again, in the middle of its work. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SigkillTest {

  private static final GroupPlan ALONE = new GroupPlan(World.GROUP, List.of("a1"));

  @TempDir private Path folder;

  private static Replicas open(LocalDisk disk, RealTime time) {
    Ports ports = new Ports(disk, time, time, new Random(1), (_, _) -> {});
    ReplicasListener listener =
        new ReplicasListener() {
          @Override
          public void changed(ReplicaStatus status) {}

          @Override
          public void outboxFilled(GroupId group) {}

          @Override
          public void storeFailed(Throwable cause) {
            Runtime.getRuntime().halt(9);
          }
        };
    Limits limits = Limits.USUAL.withSnapshotEvery(50);
    return Replicas.open(
        new ReplicasSettings("s", "a1", List.of(ALONE), Timing.USUAL, limits), ports, listener);
  }

  private static Replica leader(Replicas replicas) {
    Replica replica = replicas.group(World.GROUP);
    await("to lead")
        .atMost(Duration.ofMinutes(1))
        .until(() -> replica.status().role() == Role.LEADER);
    return replica;
  }

  /** Raises a number for ever, and says each one that was acknowledged. */
  static final class Writer {
    public static void main(String[] args) throws Exception {
      try (LocalDisk disk = LocalDisk.open(Path.of(args[0]))) {
        Replica replica = leader(open(disk, new RealTime()));
        long version = replica.read("k").get(1, TimeUnit.MINUTES).version();
        while (true) {
          byte[] text = String.valueOf(version + 1).getBytes(UTF_8);
          Change change =
              new Change(
                  "k",
                  "r" + version,
                  text,
                  version,
                  Optional.of(text),
                  text,
                  List.of(),
                  Instant.now());
          if (replica.commit(change).get(1, TimeUnit.MINUTES)
              instanceof Committed.Applied applied) {
            version = applied.version();
            System.out.println(version);
          }
        }
      }
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void killedProcessLosesNothingThatItAcknowledged() throws Exception {
    long acknowledged = 0;
    for (int life = 0; life < 3; life++) {
      Process writer = start();
      try (BufferedReader lines = writer.inputReader(UTF_8)) {
        String first = lines.readLine();
        assertThat(Long.parseLong(first)).isGreaterThan(acknowledged);
        for (int line = 0; line < 120; line++) {
          acknowledged = Long.parseLong(lines.readLine());
        }
        writer.toHandle().destroyForcibly(); // and not its streams
        assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          acknowledged = Math.max(acknowledged, Long.parseLong(line)); // the last may be cut
        }
      } finally {
        writer.destroyForcibly();
      }
    }
    try (LocalDisk disk = LocalDisk.open(folder)) {
      RealTime time = new RealTime();
      try (Replicas replicas = open(disk, time)) {
        KeyState state = leader(replicas).read("k").get(1, TimeUnit.MINUTES);
        assertThat(state.version()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(state.state().map(b -> new String(b, UTF_8))).hasValue("" + state.version());
      }
      time.end();
    }
  }
}
