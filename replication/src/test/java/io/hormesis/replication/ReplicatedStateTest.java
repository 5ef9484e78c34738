package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplicatedStateTest {

  private static final Duration DAY = Duration.ofHours(24);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ReplicatedState state = new ReplicatedState();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static LogCommand.Step step(
      String key, String id, String body, long expected, String next, int notices, Instant at) {
    List<OutgoingNotice> told = new ArrayList<>();
    for (int i = 0; i < notices; i++) {
      told.add(new OutgoingNotice("other", i, key, bytes(body), id + "/" + i, new byte[0]));
    }
    Optional<byte[]> state = next.isEmpty() ? Optional.empty() : Optional.of(bytes(next));
    Change change =
        new Change(key, id, bytes(body), expected, state, bytes("re " + body), told, at);
    return new LogCommand.Step(change, 5, DAY);
  }

  private Committed apply(String id, String body, long expected, String next) {
    return state.apply(step("k", id, body, expected, next, 0, NOON));
  }

  @Test
  void stepsFollowEachOtherByVersion() {
    assertThat(state.applied("k").version()).isZero();
    assertThat(apply("r1", "a", 0, "one")).isEqualTo(new Committed.Applied(1));
    assertThat(apply("r2", "b", 1, "two")).isEqualTo(new Committed.Applied(2));
    assertThat(state.applied("k").state().map(b -> new String(b, UTF_8))).hasValue("two");
  }

  @Test
  void stepFromAnotherVersionIsAConflictAndLeavesNoTrace() {
    apply("r1", "a", 0, "one");
    assertThat(apply("r2", "b", 0, "two")).isEqualTo(new Committed.Conflict(1));
    assertThat(apply("r2", "b", 1, "two")).isEqualTo(new Committed.Applied(2));
  }

  @Test
  void repeatedRequestGetsItsFirstReplyBeforeTheVersionIsLookedAt() {
    apply("r1", "a", 0, "one");
    apply("r2", "b", 1, "two");
    Committed again = apply("r1", "a", 2, "other");
    assertThat(again).isInstanceOf(Committed.Repeated.class);
    assertThat(((Committed.Repeated) again).reply()).isEqualTo(bytes("re a"));
    assertThat(state.applied("k").version()).isEqualTo(2);
  }

  @Test
  void sameIdWithAnotherBodyIsRefused() {
    apply("r1", "a", 0, "one");
    assertThat(apply("r1", "b", 1, "two")).isEqualTo(new Committed.KeyReused());
    assertThat(state.remembered("k", "r1", bytes("b"), NOON, DAY))
        .contains(new Committed.KeyReused());
  }

  @Test
  void sameIdOfAnotherKeyIsAnotherRequest() {
    apply("r1", "a", 0, "one");
    assertThat(state.apply(step("other", "r1", "b", 0, "x", 0, NOON)))
        .isEqualTo(new Committed.Applied(1));
  }

  @Test
  void refusalIsRememberedAndLeavesStateAndVersion() {
    apply("r1", "a", 0, "one");
    assertThat(apply("r2", "refused", 1, "")).isEqualTo(new Committed.Applied(1));
    assertThat(apply("r2", "refused", 1, "")).isInstanceOf(Committed.Repeated.class);
    assertThat(state.remembered("k", "r2", bytes("refused"), NOON, DAY))
        .get()
        .isInstanceOf(Committed.Repeated.class);
  }

  @Test
  void afterADayTheReplyIsGoneButTheRequestIsNeverAppliedAgain() {
    apply("r1", "a", 0, "one");
    Instant later = NOON.plus(DAY).plusSeconds(1);
    assertThat(state.remembered("k", "r1", bytes("a"), later, DAY))
        .contains(new Committed.KeyForgotten());
    state.apply(step("else", "r9", "z", 0, "z", 0, later));
    assertThat(state.apply(step("k", "r1", "a", 1, "again", 0, later)))
        .isEqualTo(new Committed.KeyForgotten());
    assertThat(state.applied("k").version()).isEqualTo(1);
  }

  @Test
  void replyIsKeptForAtLeastADayAlsoWhenTheNextLeadersClockIsBehind() {
    state.apply(step("k", "r1", "a", 0, "one", 0, NOON));
    state.apply(step("k", "r2", "b", 1, "two", 0, NOON.minus(Duration.ofHours(5))));
    state.apply(step("k", "r3", "c", 2, "three", 0, NOON.plus(Duration.ofHours(23))));
    assertThat(state.remembered("k", "r2", bytes("b"), NOON, DAY))
        .get()
        .isInstanceOf(Committed.Repeated.class);
  }

  @Test
  void noticesWaitInOrderUntilTheyAreDelivered() {
    state.apply(step("k", "r1", "a", 0, "one", 2, NOON));
    state.apply(step("k", "r2", "b", 1, "two", 1, NOON));
    assertThat(state.outbox(0, 2)).extracting(Undelivered::number).containsExactly(1L, 2L);
    state.delivered(List.of(1L, 3L, 77L));
    assertThat(state.outbox(0, 9))
        .singleElement()
        .satisfies(left -> assertThat(left.notice().requestId()).isEqualTo("r1/1"));
    state.delivered(List.of(2L));
    assertThat(state.undelivered()).isZero();
    state.apply(step("k", "r3", "c", 2, "three", 1, NOON));
    assertThat(state.outbox(0, 9)).extracting(Undelivered::number).containsExactly(4L);
  }

  @Test
  void fullOutboxRefusesStepsWithNoticesOnly() {
    state.apply(step("k", "r1", "a", 0, "one", 4, NOON));
    assertThat(state.apply(step("k", "r2", "b", 1, "two", 2, NOON)))
        .isEqualTo(new Committed.OutboxFull(5));
    assertThat(state.apply(step("k", "r3", "c", 1, "two", 0, NOON)))
        .isEqualTo(new Committed.Applied(2));
    state.delivered(List.of(1L));
    assertThat(state.apply(step("k", "r2", "b", 2, "three", 2, NOON)))
        .isEqualTo(new Committed.Applied(3));
  }

  @Test
  void stateThatWentThroughACheckpointAnswersAllAlike() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      ReplicatedState straight = new ReplicatedState();
      ReplicatedState reloaded = new ReplicatedState();
      for (int i = 0; i < 300; i++) {
        LogCommand command = drawn(random, i);
        assertThat(reloaded.apply(i, command))
            .as("seed %d, command %d", seed, i)
            .usingRecursiveComparison()
            .isEqualTo(straight.apply(i, command));
        assertThat(reloaded.checksum())
            .as("seed %d, command %d", seed, i)
            .isEqualTo(straight.checksum());
        if (random.nextInt(20) == 0) {
          reloaded = reload(reloaded, 50 + random.nextInt(500));
        }
      }
      assertThat(StateItem.pack(reloaded.items(), 300))
          .as("seed %d", seed)
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(StateItem.pack(straight.items(), 300));
    }
  }

  private static LogCommand drawn(Random random, int i) {
    return switch (random.nextInt(10)) {
      case 0 -> new LogCommand.Delivered(List.of((long) random.nextInt(100), 3L));
      case 1 -> new LogCommand.NewTerm();
      default ->
          step(
              "k" + random.nextInt(5),
              "r" + random.nextInt(60),
              "body" + random.nextInt(2),
              random.nextInt(6),
              random.nextBoolean() ? "s" + i : "",
              random.nextInt(3),
              NOON.plus(Duration.ofMinutes(10L * i + random.nextInt(100))));
    };
  }

  private static ReplicatedState reload(ReplicatedState from, int partBytes) {
    List<StateItem> items = new ArrayList<>();
    StateItem.pack(from.items(), partBytes).forEach(part -> items.addAll(StateItem.unpack(part)));
    ReplicatedState to = new ReplicatedState();
    to.replaceBy(from.checksum().index(), items);
    return to;
  }

  @Test
  void partsOfACheckpointKeepToTheirSize() {
    for (int i = 0; i < 100; i++) {
      state.apply(step("k" + i, "r", "b", 0, "state".repeat(20), 0, NOON));
    }
    assertThat(StateItem.pack(state.items(), 1_000)).allMatch(part -> part.length <= 1_000);
  }
}
