package io.hormesis.cluster;

import static io.hormesis.cluster.ConnectedServer.awaitThat;
import static io.hormesis.cluster.ConnectedServer.free;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a link makes of connections that break. */
final class LinkEvidenceTest {

  @Test
  void theClosedConnectionOfAProcessThatEndedIsEvidence() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1)) {
      try (ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
        a.reaches(b, Priority.SYSTEM, "hello");
      }
      awaitThat("the end is seen", () -> a.evidence.contains("b1 ended 2"));
    }
  }

  @Test
  void theNextIncarnationIsFoundAndToldApart() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1)) {
      try (ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
        a.reaches(b, Priority.SYSTEM, "hello");
      }
      try (ConnectedServer b = new ConnectedServer(b1, 3, a.address)) {
        a.reaches(b, Priority.REQUEST, "hello again");
        assertThat(a.evidence)
            .startsWith("b1 connected 2", "b1 ended 2")
            .contains("b1 connected 3")
            .doesNotContain("b1 ended 3");
      }
    }
  }

  @Test
  void aServerThatIsNotThereYetIsNoEvidenceOfAnEnd() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1)) {
      awaitThat("it is tried", () -> a.link.dials() > 3);
      assertThat(a.evidence).isEmpty();
      try (ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
        a.reaches(b, Priority.SYSTEM, "hello");
        assertThat(a.evidence).containsExactly("b1 connected 2");
      }
    }
  }

  @Test
  void aCutNetworkIsNoEvidenceAndFramesFlowSoonAfterIt() throws IOException {
    ServerAddress b1 = free("b1");
    try (CutProxy network = new CutProxy(b1);
        ConnectedServer a = new ConnectedServer(free("a1"), 1, network.address());
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.SYSTEM, "before");
      a.reaches(b, Priority.REQUEST, "before, too");
      network.cut();
      awaitThat(
          "a1 lets go",
          () -> {
            a.send("b1", Priority.REQUEST, "lost");
            return a.link.dropped(Priority.REQUEST) > 0;
          });
      int dials = a.link.dials();
      awaitThat("a1 tries in vain", () -> a.link.dials() > dials + 2);
      assertThat(network.swallowed()).isPositive();

      network.heal();
      a.reaches(b, Priority.SYSTEM, "after");
      a.reaches(b, Priority.REQUEST, "after, too");
      assertThat(a.evidence)
          .containsOnly("b1 connected 2")
          .as("once before and once after")
          .hasSize(2);
    }
  }

  @Test
  void aPausedServerTakesNobodyForDeadWhenItGoesOn() throws Exception {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.SYSTEM, "before");
      b.reaches(a, Priority.SYSTEM, "before");
      var goOn = new CountDownLatch(1);
      a.link.loop().execute(() -> await(goOn));
      awaitThat(
          "b1 lets go of a1",
          () -> {
            b.send("a1", Priority.SYSTEM, "lost");
            return b.link.dropped(Priority.SYSTEM) > 0;
          });
      goOn.countDown();
      a.reaches(b, Priority.SYSTEM, "after");
      b.reaches(a, Priority.SYSTEM, "after");
      assertThat(a.evidence).doesNotContain("b1 ended 2");
      assertThat(b.evidence).doesNotContain("a1 ended 1");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
