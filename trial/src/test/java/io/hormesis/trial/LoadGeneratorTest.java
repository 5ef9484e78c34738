package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {
  private final List<EdgeRequest> received = new CopyOnWriteArrayList<>();

  @Test
  void requestsBeyondTheLimitCountAsSentAndFailed() {
    TrialPlan plan = plan(request -> new CompletableFuture<>()); // nobody ever answers
    RequestRecorder recorder = send(plan);
    int limit = LoadGenerator.mostUnderWay(plan);
    assertThat(limit).isEqualTo(200);
    assertThat(received).hasSize(limit);
    assertThat(recorder.tally().requests().sent()).isEqualTo(500);
    assertThat(recorder.tally().requests().failed()).isEqualTo(500 - limit);
  }

  @Test
  void everyWriteHasAKeyOfItsOwnAndNoReadHasOne() {
    send(plan(_ -> CompletableFuture.failedFuture(new IllegalStateException("closed"))));
    assertThat(received).hasSize(500);
    assertThat(received.stream().filter(it -> it.method().equals("POST")))
        .hasSizeGreaterThan(200)
        .allMatch(it -> it.headers().containsKey("Idempotency-Key"));
    assertThat(received.stream().filter(it -> it.method().equals("POST")))
        .extracting(it -> it.headers().get("Idempotency-Key"))
        .doesNotHaveDuplicates();
    assertThat(received.stream().filter(it -> it.method().equals("GET")))
        .allMatch(it -> it.headers().isEmpty());
  }

  @Test
  void theSameSeedSendsTheSameRequests() {
    Client closed = (_, _) -> CompletableFuture.failedFuture(new IllegalStateException("closed"));
    send(plan(request -> closed.request(request, Duration.ZERO)));
    var first = List.copyOf(received);
    received.clear();
    send(plan(request -> closed.request(request, Duration.ZERO)));
    assertThat(received).isEqualTo(first);
  }

  @Test
  void moreRequestsThanTheBooksHoldAreRefused() {
    assertThatThrownBy(() ->
            new TrialPlan(
                new TrialPlan.Load(1_000, Duration.ofHours(1), 1, 1),
                new TownLoad(),
                new TrialPlan.Target((_, _) -> new CompletableFuture<>(), Optional::empty),
                Optional.empty()))
        .hasMessage(
            "a load may be of 1000000 requests at most, because its books are kept in memory, but"
                + " 1000/s for 3600 s are 3600000: send fewer a second or end earlier");
  }

  @Test
  void everyReplyIsWrittenDown() {
    TrialPlan plan = plan(_ -> CompletableFuture.completedFuture(Samples.reply(503)));
    RequestRecorder recorder = send(plan);
    assertThat(recorder.tally().requests().refused()).isEqualTo(500);
  }

  private RequestRecorder send(TrialPlan plan) {
    var books = new TrialBooks();
    var recorder = new RequestRecorder(plan.workload(), 100_000_000, books, new Faults(), _ -> {});
    new LoadGenerator(plan, books, recorder, System.nanoTime()).send();
    return recorder;
  }

  private TrialPlan plan(
      java.util.function.Function<EdgeRequest, CompletableFuture<EdgeReply>> town) {
    Client doors =
        (request, _) -> {
          received.add(request);
          return town.apply(request);
        };
    return new TrialPlan(
        new TrialPlan.Load(1_000, Duration.ofMillis(500), 7, 1),
        new TownLoad(),
        new TrialPlan.Target(doors, Optional::empty),
        Optional.empty(),
        new TrialPlan.Patience(
            Duration.ZERO, Duration.ZERO, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO));
  }
}
