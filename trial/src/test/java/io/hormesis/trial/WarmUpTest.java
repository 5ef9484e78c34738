package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class WarmUpTest {
  private static final int A_SECOND = 50;

  private final List<EdgeRequest> received = new CopyOnWriteArrayList<>();
  private final List<TrialEvent> events = new ArrayList<>();
  private final TrialBooks books = new TrialBooks();

  @Test
  void aSystemThatIsSteadyIsAskedForTwoSeconds() throws Exception {
    warmUp(Duration.ofMinutes(1), _ -> replied(404));
    assertThat(received).hasSize(2 * A_SECOND);
    assertThat(events).isEmpty();
  }

  @Test
  void itGoesOnUntilTwoSecondsInARowAreSteady() throws Exception {
    warmUp(
        Duration.ofMinutes(1),
        number ->
            switch (number) {
              case 7 -> replied(503);
              case 2 * A_SECOND + 3 -> CompletableFuture.failedFuture(new IllegalStateException());
              default -> replied(404);
            });
    assertThat(received).hasSize(5 * A_SECOND);
    assertThat(events)
        .hasSize(2)
        .allSatisfy(it ->
            assertThat(it)
                .isInstanceOfSatisfying(
                    TrialEvent.Unsteady.class,
                    unsteady -> {
                      assertThat(unsteady.sent()).isEqualTo(A_SECOND);
                      assertThat(unsteady.unsteady()).isEqualTo(1);
                    }));
  }

  @Test
  void aDefaultReplyIsNotSteady() throws Exception {
    warmUp(
        Duration.ofMillis(500),
        _ ->
            CompletableFuture.completedFuture(
                Samples.reply(200, "Hormesis-Default-Reply", "true")));
    assertThat(events).hasSize(1);
  }

  @Test
  void itEndsWhenItsTimeIsUp() throws Exception {
    warmUp(Duration.ofMillis(500), _ -> replied(503));
    assertThat(received).hasSizeLessThanOrEqualTo(A_SECOND);
    assertThat(events).hasSize(1);
  }

  @Test
  void whatItWritesIsInTheBooksButNotCounted() throws Exception {
    warmUp(Duration.ofMinutes(1), _ -> replied(201));
    assertThat(books.writes().acknowledged()).isZero();
    assertThat(books.any(new SplittableRandom(1))).isPresent();
  }

  private static CompletableFuture<EdgeReply> replied(int status) {
    return CompletableFuture.completedFuture(Samples.reply(status));
  }

  private void warmUp(Duration atMost, IntFunction<CompletableFuture<EdgeReply>> town)
      throws InterruptedException {
    Client doors =
        (request, _) -> {
          received.add(request);
          return town.apply(received.size() - 1);
        };
    Duration minute = Duration.ofMinutes(1);
    var plan =
        new TrialPlan(
            new TrialPlan.Load(1, minute, 7, 1),
            new TownLoad(),
            new TrialPlan.Target(doors, Optional::empty),
            Optional.empty(),
            new TrialPlan.Patience(minute, atMost, minute, minute, minute));
    var recorder =
        new RequestRecorder(plan.workload(), minute.toNanos(), books, new Faults(), _ -> {});
    new WarmUp(plan, books, recorder, events::add).run();
  }
}
