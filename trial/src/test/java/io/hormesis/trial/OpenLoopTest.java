package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenLoopTest {
  private static final LoadPhase SECOND = LoadPhase.of("one", 200, Duration.ofSeconds(1), 7);

  @Test
  void everyRequestIsCountedOnceAndWhatWasAcknowledgedIsFound() throws Exception {
    try (FakeTown town = new FakeTown(FakeTown.Breach.NONE);
        OpenLoop loop = new OpenLoop(town.urls(), new TownLoad(), 1)) {
      List<String> began = new ArrayList<>();
      var second = LoadPhase.of("two", 100, Duration.ofSeconds(1), 8);
      List<PhaseResult> results =
          loop.send(List.of(SECOND, second), phase -> began.add(phase.name()));

      assertThat(began).containsExactly("one", "two");
      assertThat(results).extracting(PhaseResult::offered).containsExactly(200L, 100L);
      assertThat(results).allSatisfy(it -> assertThat(sum(it)).isEqualTo(it.offered()));
      assertThat(results.getFirst().good()).isPositive();
      long accepted = results.stream().mapToLong(PhaseResult::accepted).sum();
      assertThat(loop.readBack(10_000))
          .isEqualTo(new ReadBackResult((int) accepted, (int) accepted, 0, 0, 0));
      assertThat(loop.readBack(10)).isEqualTo(new ReadBackResult((int) accepted, 10, 0, 0, 0));
    }
  }

  @Test
  void anAcknowledgedWriteThatIsDoubledIsSeen() throws Exception {
    try (FakeTown town = new FakeTown(FakeTown.Breach.DOUBLES);
        OpenLoop loop = new OpenLoop(town.urls(), new TownLoad(), 1)) {
      loop.send(List.of(SECOND), _ -> {});
      assertThat(loop.readBack(10_000).doubled()).isEqualTo(1);
    }
  }

  @Test
  void whereNobodyListensEachRequestIsBroken() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (OpenLoop loop = new OpenLoop(List.of(edge(port)), new TownLoad(), 1)) {
      PhaseResult result = loop.send(List.of(SECOND), _ -> {}).getFirst();
      assertThat(result.broken()).isEqualTo(200);
      assertThat(result.held()).isFalse();
      assertThat(result.answeredAgain()).isEmpty();
    }
  }

  @Test
  void aSilentEdgeTimesOutAndWhatFindsNoConnectionIsUnsent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        OpenLoop loop = new OpenLoop(List.of(edge(silent.getLocalPort())), new TownLoad(), 1)) {
      var many =
          LoadPhase.of("many", LoadConnections.MOST_PER_EDGE + 100, Duration.ofSeconds(1), 7);
      PhaseResult result = loop.send(List.of(many), _ -> {}).getFirst();
      assertThat(sum(result)).isEqualTo(many.requests());
      assertThat(result.timedOut()).isGreaterThanOrEqualTo(LoadConnections.MOST_PER_EDGE);
      assertThat(result.good()).isZero();
    }
  }

  private static URI edge(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static long sum(PhaseResult it) {
    return it.good()
        + it.refusedAtOnce()
        + it.refusedLate()
        + it.defaultReplies()
        + it.unknown()
        + it.timedOut()
        + it.unsent()
        + it.broken();
  }
}
