package io.hormesis.edge;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a try that takes longer than its share, and of one that is refused. */
class FailoverClientTest {
  private static final Duration DEADLINE = ofSeconds(2);
  private static final EdgeRequest LEND = EdgeRequest.post("/loans", "{}", "k-1");
  private static final List<URI> EDGES = List.of(URI.create("http://a"), URI.create("http://b"));

  private final Doors doors = new Doors();
  private final FailoverClient client = new FailoverClient(EDGES, doors, new Random(1));

  @Test
  void aSlowEdgeMayStillReplyWhenTheNextOneRefuses() {
    CompletableFuture<EdgeReply> result = client.send(LEND, DEADLINE);
    doors.passTo(600);
    assertThat(doors.tries).hasSize(2);
    doors.reply(1, 503);
    assertThat(result).isNotDone();
    doors.passTo(700);
    doors.reply(0, 201);
    assertThat(result.join().status()).isEqualTo(201);
    assertThat(result.join().edge()).isEqualTo(doors.tries.getFirst().edge());
  }

  @Test
  void theFirstReplyCounts() {
    CompletableFuture<EdgeReply> result = client.send(LEND, DEADLINE);
    doors.passTo(600);
    doors.reply(1, 201);
    assertThat(result.join().edge()).isEqualTo(doors.tries.get(1).edge());
    doors.reply(0, 409);
    doors.passTo(3_000);
    assertThat(result.join().status()).isEqualTo(201);
    assertThat(doors.tries).hasSize(2);
  }

  @Test
  void aRefusalIsTheLastWordOnceNothingElseCanCome() {
    CompletableFuture<EdgeReply> result = client.send(EdgeRequest.get("/loans/ada"), DEADLINE);
    doors.passTo(600);
    doors.reply(1, 503);
    assertThat(result).isNotDone();
    doors.lose(0);
    assertThat(result.join().status()).isEqualTo(503);
  }

  @Test
  void whatWasPerhapsDoneIsNotCalledRefused() {
    CompletableFuture<EdgeReply> result = client.send(LEND, DEADLINE);
    doors.passTo(600);
    doors.reply(1, 503);
    doors.passTo(2_000);
    assertThatThrownBy(result::join)
        .hasCauseInstanceOf(NoReplyException.class)
        .hasMessageContaining(
            "refused it after a try that got no reply): perhaps it was done, ask again under the same key");
  }

  @Test
  void withoutARetryLeftTheSlowEdgeIsWaitedFor() {
    List<CompletableFuture<EdgeReply>> results = new ArrayList<>();
    for (int request = 0; request <= RetryWindow.LEAST; request++) {
      results.add(client.send(LEND, DEADLINE));
    }
    doors.passTo(600);
    assertThat(doors.tries).hasSize(2 * RetryWindow.LEAST + 1);
    CompletableFuture<EdgeReply> last = results.getLast();
    assertThat(last).isNotDone();
    doors.passTo(1_900);
    doors.reply(RetryWindow.LEAST, 201);
    assertThat(last.join().status()).isEqualTo(201);
  }

  @Test
  void silenceEverywhereEndsByTheDeadline() {
    CompletableFuture<EdgeReply> result = client.send(LEND, DEADLINE);
    doors.passTo(1_999);
    assertThat(doors.tries).hasSize(3);
    assertThat(result).isNotDone();
    doors.passTo(2_000);
    assertThatThrownBy(result::join).hasCauseInstanceOf(NoReplyException.class);
  }

  @Test
  void aDoorThatIsNotTheRightOneIsLeftForAnotherAndEveryOtherRefusalCounts() {
    CompletableFuture<EdgeReply> result = client.send(LEND, DEADLINE);
    doors.refuse(0, "draining");
    doors.refuse(1, "not-here");
    assertThat(doors.tries).hasSize(3);
    doors.reply(2, 201);
    assertThat(result.join().status()).isEqualTo(201);

    CompletableFuture<EdgeReply> refused = client.send(LEND, DEADLINE);
    doors.refuse(3, "a kind of a newer edge");
    assertThat(refused.join().status()).isEqualTo(503);
    assertThat(doors.tries).hasSize(4);
  }

  /** Doors that reply when they are told to, in a time of their own. */
  private static final class Doors implements FailoverClient.Wire {
    private final List<Try> tries = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private long now;

    private record Step(long at, Runnable run) {}

    private record Try(URI edge, CompletableFuture<FailoverClient.AttemptResult> end) {}

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void later(Duration pause, Runnable step) {
      steps.add(new Step(now + pause.toNanos(), step));
    }

    @Override
    public CompletableFuture<FailoverClient.AttemptResult> exchange(
        EdgeRequest request, URI edge, Duration limit) {
      Try begun = new Try(edge, new CompletableFuture<>());
      tries.add(begun);
      later(limit, () -> begun.end().complete(FailoverClient.AttemptResult.lost("late")));
      return begun.end();
    }

    void reply(int number, int status) {
      reply(number, status, status == 503 ? Map.of(Problem.REFUSED, "overloaded") : Map.of());
    }

    void refuse(int number, String kind) {
      reply(number, 503, Map.of(Problem.REFUSED, kind));
    }

    private void reply(int number, int status, Map<String, String> headers) {
      Try one = tries.get(number);
      one.end()
          .complete(
              FailoverClient.AttemptResult.replied(new EdgeReply(status, headers, "", one.edge())));
      passTo(Duration.ofNanos(now).toMillis());
    }

    void lose(int number) {
      tries.get(number).end().complete(FailoverClient.AttemptResult.lost("it broke off"));
    }

    void passTo(long millis) {
      long until = ofMillis(millis).toNanos();
      for (Step next = first(until); next.at() <= until; next = first(until)) {
        steps.remove(next);
        now = Math.max(now, next.at());
        next.run().run();
      }
      now = until;
    }

    private Step first(long until) {
      return steps.stream()
          .min(Comparator.comparingLong(Step::at))
          .orElse(new Step(until + 1, () -> {}));
    }
  }
}
