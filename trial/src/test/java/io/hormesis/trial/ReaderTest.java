package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReaderTest {
  private static final EdgeRequest ONE = EdgeRequest.get("/1");
  private final Map<EdgeRequest, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final Map<EdgeRequest, Optional<EdgeReply>> settled = new ConcurrentHashMap<>();

  @Test
  void everythingIsReadOnce() throws Exception {
    List<EdgeRequest> many =
        IntStream.range(0, 100).mapToObj(it -> EdgeRequest.get("/" + it)).toList();
    read(many, Duration.ofSeconds(1), _ -> CompletableFuture.completedFuture(Samples.reply(200)));
    assertThat(settled).hasSize(100);
    assertThat(asked.values()).allMatch(it -> it.get() == 1);
  }

  @Test
  void whatShowsTooLittleIsAskedAgainUntilItShowsEnough() throws Exception {
    read(
        List.of(ONE),
        Duration.ofSeconds(20),
        times -> CompletableFuture.completedFuture(Samples.reply(times < 3 ? 404 : 200)));
    assertThat(settled.getOrDefault(ONE, Optional.empty()).orElseThrow().status()).isEqualTo(200);
  }

  @Test
  void whatNeverShowsEnoughIsSettledWithItsLastReply() throws Exception {
    read(
        List.of(ONE),
        Duration.ofMillis(300),
        _ -> CompletableFuture.completedFuture(Samples.reply(404)));
    assertThat(settled.getOrDefault(ONE, Optional.empty()).orElseThrow().status()).isEqualTo(404);
  }

  @Test
  void refusalsAndSilenceAreNoReplies() throws Exception {
    read(
        List.of(ONE),
        Duration.ofMillis(300),
        times ->
            times % 2 == 0
                ? CompletableFuture.completedFuture(Samples.reply(503))
                : CompletableFuture.failedFuture(new IllegalStateException("closed")));
    assertThat(settled).isEqualTo(new HashMap<>(Map.of(ONE, Optional.empty())));
  }

  private void read(
      List<EdgeRequest> requests,
      Duration patience,
      java.util.function.IntFunction<CompletableFuture<EdgeReply>> system)
      throws InterruptedException {
    Client doors =
        (request, _) ->
            system.apply(
                asked.computeIfAbsent(request, _ -> new AtomicInteger()).incrementAndGet());
    var patient =
        new TrialPlan.Patience(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO, patience);
    new Reader(doors, patient).read(requests, (_, reply) -> reply.status() == 200, settled::put);
  }
}
