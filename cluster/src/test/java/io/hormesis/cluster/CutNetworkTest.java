package io.hormesis.cluster;

import static io.hormesis.cluster.ConnectedServer.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers and a real network between them that is cut, by the kernel. */
@Tag("slow")
final class CutNetworkTest {
  /** Another length, such as {@code PT60S}, with {@code -Dhormesis.cut}. */
  private static final Duration CUT = Duration.parse(System.getProperty("hormesis.cut", "PT5S"));

  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void framesFlowAgainSoonAfterACutAndNobodyIsTakenForDead() throws Exception {
    NetworkNamespace network;
    try {
      network = NetworkNamespace.open();
    } catch (IOException cannot) {
      abort("no network of its own can be made here: " + cannot.getMessage());
      return;
    }
    ServerAddress a1 = new ServerAddress("a1", "a", network.nearHost(), 1, 2, 7402);
    ServerAddress b1 = new ServerAddress("b1", "b", network.farHost(), 1, 2, 7402);
    try (network;
        ConnectedServer a = new ConnectedServer(a1, 1, b1);
        FarProcess _ = FarProcess.start(network, b1, a1)) {
      echoed(a, "before");

      network.cut();
      awaitThat(
          "a1 lets go",
          () -> {
            a.send("b1", Priority.REQUEST, "lost");
            return a.link.dropped(Priority.REQUEST) > 0;
          });
      await().during(CUT).atMost(CUT.plusSeconds(60)).until(() -> a.times("b1: lost") == 0);

      network.heal();
      long healed = System.nanoTime();
      echoed(a, "after");
      Duration took = Duration.ofNanos(System.nanoTime() - healed);
      System.out.printf("frames there and back %d ms after a cut of %s%n", took.toMillis(), CUT);
      assertThat(took).isLessThan(SOON);
      assertThat(a.evidence).containsExactly("b1 connected 2", "b1 connected 2");
    }
  }

  private static void echoed(ConnectedServer a, String frame) {
    awaitThat(
        frame + " comes back",
        () -> {
          a.send("b1", Priority.REQUEST, frame);
          return a.times("b1: " + frame) > 0;
        });
  }

  private record FarProcess(Process process) implements AutoCloseable {
    static FarProcess start(NetworkNamespace network, ServerAddress self, ServerAddress other)
        throws IOException {
      Process process =
          new ProcessBuilder(
                  network.command(
                      List.of(
                          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                          "-XX:+UseSerialGC",
                          "-Xmx64m",
                          "--enable-native-access=ALL-UNNAMED",
                          "-cp",
                          System.getProperty("java.class.path"),
                          LinkProgram.class.getName(),
                          self.name(),
                          self.host(),
                          Integer.toString(self.carrier()),
                          other.name(),
                          other.host(),
                          Integer.toString(other.carrier()))))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      FarProcess far = new FarProcess(process);
      BufferedReader printed = process.inputReader();
      for (String line = printed.readLine(); !"ready".equals(line); line = printed.readLine()) {
        if (line == null) {
          far.close();
          throw new IOException("the process in the network beside has ended");
        }
      }
      return far;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
