package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.storage.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same classes with real threads, real time and real files. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealThreadsTest {

  private static final GroupPlan PLAN = new GroupPlan(World.GROUP, World.SERVERS);

  @TempDir private Path folder;
  private final Map<String, Replicas> replicas = new ConcurrentHashMap<>();
  private final List<LocalDisk> disks = new ArrayList<>();
  private RealTime time = new RealTime();
  private final List<Throwable> storeFailures = new ArrayList<>();

  private void open(String server) {
    try {
      LocalDisk disk = LocalDisk.open(folder.resolve(server));
      disks.add(disk);
      RaftCarrier outgoing =
          (to, frame) ->
              Optional.ofNullable(replicas.get(to))
                  .ifPresent(there -> there.receive(server, frame));
      ReplicasPorts ports =
          new ReplicasPorts(disk, time, time, new Random(server.hashCode()), outgoing);
      ReplicasListener listener =
          new OnlyFailures(cause -> {
            synchronized (storeFailures) {
              storeFailures.add(cause);
            }
          });
      replicas.put(
          server, Replicas.open(new ReplicasSettings("s", server, List.of(PLAN)), ports, listener));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void openAll() {
    World.SERVERS.forEach(this::open);
  }

  @AfterEach
  void closeAll() throws Exception {
    replicas.values().forEach(Replicas::close);
    time.end();
    for (LocalDisk disk : disks) {
      disk.close();
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    await(what).atMost(Duration.ofMinutes(1)).until(condition::getAsBoolean);
  }

  private Optional<Replica> leader() {
    return replicas.values().stream()
        .map(there -> there.group(World.GROUP))
        .filter(replica -> replica.status().role() == Role.LEADER)
        .filter(replica -> replica.status().inSync() == 3)
        .findFirst();
  }

  private static Change change(String key, long expected, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Change(
        key, "r" + text, bytes, expected, Optional.of(bytes), bytes, List.of(), Instant.now());
  }

  @Test
  void manyStepsAtOnceAreCommittedReadBackAndStillThereAfterARestart() throws Exception {
    until("a leader with three in sync", () -> leader().isPresent());
    Replica leader = leader().orElseThrow();
    int steps = 3_000;
    Semaphore window = new Semaphore(64);
    AtomicInteger applied = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      window.acquire();
      CompletableFuture<Committed> answer = leader.commit(change("k" + i, 0, "state " + i));
      var _ =
          answer.whenComplete((committed, _) -> {
            if (committed instanceof Committed.Applied) {
              applied.incrementAndGet();
            }
            window.release();
          });
    }
    window.acquire(64);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.printf(
        "%d steps, 64 at once, three members in one JVM: %d ms, %d a second%n",
        steps, millis, steps * 1000L / Math.max(1, millis));
    assertThat(applied.get()).isEqualTo(steps);
    assertThat(leader.read("k17").get(1, TimeUnit.MINUTES).version()).isEqualTo(1);

    closeAll();
    time = new RealTime();
    disks.clear();
    replicas.clear();
    openAll();
    until("a leader after the restart", () -> leader().isPresent());
    Replica again = leader().orElseThrow();
    assertThat(again.read("k" + (steps - 1)).get(1, TimeUnit.MINUTES).version()).isEqualTo(1);
    assertThat(storeFailures).isEmpty();
  }
}
