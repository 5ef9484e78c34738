package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers at the ports between real servers cost them neither memory, nor their logs. */
@Tag("slow")
final class InternalPortFloodTest {
  private static final int CONNECTIONS = 100;
  private static final int TIMES_EACH = 10;

  /** How far the port between servers is from the edge. */
  private static final int LINK = 2;

  private static final long LARGEST_LOG = 1_000_000;

  @Test
  void aFloodLeavesServersAndCallersAlone(@TempDir Path folder) throws Exception {
    String body = "{\"citizen\":\"01017012345\",\"year\":2025,\"income\":512000}";
    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      List<ProcessHandle> before = system.servers();
      URI edge = system.doors("edge").getFirst();
      AtomicInteger sentAway = new AtomicInteger();
      CompletableFuture<?>[] flood =
          system.doors("edge").stream()
              .flatMap(port ->
                  IntStream.range(0, CONNECTIONS)
                      .mapToObj(it ->
                          CompletableFuture.runAsync(
                              () -> randomBytes(port.getPort() + LINK, it, sentAway),
                              task -> Thread.ofVirtual().start(task))))
              .toArray(CompletableFuture[]::new);
      await()
          .atMost(LaunchedSystem.PATIENCE)
          .until(
              () -> LaunchedSystem.call(edge, "/tax-returns", "key-1", body).statusCode() == 201);
      CompletableFuture.allOf(flood).join();

      assertThat(sentAway.get()).isEqualTo(6 * CONNECTIONS * TIMES_EACH);
      assertThat(LaunchedSystem.call(edge, "/tax-returns", "key-1", body).statusCode())
          .isEqualTo(201);
      assertThat(system.servers()).as("no server was started again").isEqualTo(before);
      assertThat(before).allMatch(ProcessHandle::isAlive);
      for (String server : List.of("a1", "a2", "b1", "b2", "c1", "c2")) {
        Path log = folder.resolve("data").resolve(server + ".log");
        assertThat(log).content().contains("turned away a connection");
        assertThat(Files.size(log)).isLessThan(LARGEST_LOG);
      }
    }
  }

  private static void randomBytes(int port, int seed, AtomicInteger sentAway) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TIMES_EACH; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        byte[] bytes = new byte[8192];
        random.nextBytes(bytes);
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        while (socket.getInputStream().read() >= 0) {
          // Nothing is said to strangers.
        }
        sentAway.incrementAndGet();
      } catch (IOException reset) {
        sentAway.incrementAndGet();
      }
    }
  }
}
