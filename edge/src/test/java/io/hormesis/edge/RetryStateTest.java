package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.RetryState.Next;
import io.hormesis.edge.RetryState.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryStateTest {
  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final Outcome LOST = new Outcome.Lost();
  private static final Outcome NOT_SENT = new Outcome.NotSent();
  private static final Outcome REPLY = new Outcome.Replied();
  private static final Outcome BUSY = new Outcome.Refused(Optional.empty());
  private static final Outcome LATER = new Outcome.Refused(Optional.of(Duration.ofSeconds(1)));

  private final RetryState repeatable = RetryState.begin(6, true, true, WITHIN, 0);
  private final RetryState once = RetryState.begin(6, false, true, WITHIN, 0);

  @Test
  void aReplyEndsIt() {
    assertThat(repeatable.after(REPLY, millis(5), 0)).isEqualTo(new Next.Done());
  }

  @Test
  void oneTryTakesAShareOfTheTimeAndTheLastAllOfIt() {
    assertThat(repeatable.tryLimit(0)).isEqualTo(Duration.ofMillis(600));
    RetryState second = again(repeatable.after(LOST, millis(600), 0)).after();
    assertThat(second.tryLimit(millis(600))).isEqualTo(Duration.ofMillis(600));
    RetryState third = again(second.after(LOST, millis(1200), 0)).after();
    assertThat(third.tryLimit(millis(1200))).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void theOnlyTryTakesAllTheTime() {
    assertThat(once.tryLimit(0)).isEqualTo(WITHIN);
    assertThat(RetryState.begin(1, true, true, WITHIN, 0).tryLimit(0)).isEqualTo(WITHIN);
  }

  @Test
  void aLostRequestIsSentAtMostThreeTimes() {
    RetryState second = again(repeatable.after(LOST, 1, 0)).after();
    RetryState third = again(second.after(LOST, 2, 0)).after();
    assertThat(third.after(LOST, 3, 0))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
  }

  @Test
  void aRequestWithoutAKeyIsNeverSentAgainAfterItMayHaveArrived() {
    assertThat(once.after(LOST, 1, 0))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
    assertThat(once.after(LATER, 1, 0)).isEqualTo(new Next.Done());
  }

  @Test
  void aRequestWithoutAKeyGoesToAnotherDoorWhenTheConnectionWasRefused() {
    Next.Again again = again(once.after(NOT_SENT, 1, 0));
    assertThat(again.pause()).isEqualTo(Duration.ZERO);
    assertThat(again.after().tries()).isZero();
    assertThat(again.after().perhapsDone()).isFalse();
  }

  @Test
  void refusedConnectionsCountOnlyBeyondOneForEachDoor() {
    RetryState present = repeatable;
    for (int refusal = 1; refusal <= 6; refusal++) {
      present = again(present.after(NOT_SENT, refusal, 0)).after();
      assertThat(present.tries()).isZero();
    }
    present = again(present.after(NOT_SENT, 7, 0)).after();
    present = again(present.after(NOT_SENT, 8, 0)).after();
    assertThat(present.after(NOT_SENT, 9, 0))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isFalse());
  }

  @Test
  void whenAllDoorsRefusedTheNextRoundWaits() {
    RetryState one = RetryState.begin(1, true, true, WITHIN, 0);
    assertThat(again(one.after(NOT_SENT, 1, 0)).pause()).isEqualTo(Duration.ofMillis(100));
    assertThat(again(one.after(NOT_SENT, 1, 1)).pause()).isEqualTo(Duration.ofMillis(120));
  }

  @Test
  void aRefusalWithATimeIsWaitedOutOnceWithSomeDelayAdded() {
    Next.Again again = again(repeatable.after(LATER, millis(100), 0.5));
    assertThat(again.pause()).isEqualTo(Duration.ofMillis(1100));
    assertThat(again.after().after(LATER, millis(1300), 0)).isEqualTo(new Next.Done());
  }

  @Test
  void aRefusalThatComesTooLateToBeWaitedOutIsTheLastWord() {
    assertThat(repeatable.after(LATER, millis(960), 0)).isEqualTo(new Next.Done());
  }

  @Test
  void aRefusalAfterALostTryIsNotTheLastWordOfAWrite() {
    RetryState second = again(repeatable.after(LOST, millis(1), 0)).after();
    for (Outcome refused : List.of(BUSY, LATER)) {
      assertThat(second.after(refused, millis(1500), 0))
          .isInstanceOfSatisfying(
              Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
    }
    assertThat(second.after(REPLY, millis(1500), 0)).isEqualTo(new Next.Done());
    RetryState waited = again(second.after(LATER, millis(2), 0)).after();
    assertThat(waited.after(LATER, millis(1010), 0)).isInstanceOf(Next.GiveUp.class);
    assertThat(waited.after(REPLY, millis(1010), 0)).isEqualTo(new Next.Done());
  }

  @Test
  void aRefusalAfterALostTryIsTheLastWordOfARead() {
    RetryState read = RetryState.begin(6, true, false, WITHIN, 0);
    RetryState second = again(read.after(LOST, millis(1), 0)).after();
    assertThat(second.after(LATER, millis(1500), 0)).isEqualTo(new Next.Done());
  }

  @Test
  void nothingIsTriedAfterTheDeadline() {
    assertThat(repeatable.after(LOST, millis(1990), 0)).isInstanceOf(Next.GiveUp.class);
    assertThat(repeatable.after(NOT_SENT, millis(1990), 0)).isInstanceOf(Next.GiveUp.class);
  }

  @Test
  void everyRandomLifeEndsInTimeAndWithinItsTries() {
    for (int seed = 0; seed < 1000; seed++) {
      live(seed);
    }
  }

  private static void live(int seed) {
    Random random = new Random(seed);
    int doors = 1 + random.nextInt(6);
    boolean changes = random.nextBoolean();
    boolean repeatable = !changes || random.nextBoolean();
    long now = random.nextLong();
    long deadline = now + WITHIN.toNanos();
    RetryState present = RetryState.begin(doors, repeatable, changes, WITHIN, now);
    int arrived = 0;
    boolean lost = false;
    boolean ended = false;
    for (int step = 0; !ended; step++) {
      assertThat(step).as("seed %d", seed).isLessThan(doors + RetryState.TRIES);
      assertThat(present.tryLimit(now)).as("seed %d", seed).isLessThanOrEqualTo(WITHIN);
      now += random.nextLong(present.tryLimit(now).toNanos() + 1);
      Outcome outcome = outcome(random);
      arrived += outcome.equals(NOT_SENT) ? 0 : 1;
      lost |= outcome.equals(LOST);
      Next next = present.after(outcome, now, random.nextDouble());
      if (next instanceof Next.Again(var after, var pause)) {
        now += pause.toNanos();
        present = after;
        assertThat(deadline - now).as("seed %d", seed).isPositive();
      } else {
        ended = true;
        assertThat(next instanceof Next.Done)
            .as("seed %d", seed)
            .isEqualTo(
                switch (outcome) {
                  case Outcome.Replied _ -> true;
                  case Outcome.Refused _ -> !(lost && changes);
                  case Outcome.NotSent _, Outcome.Lost _ -> false;
                });
      }
    }
    assertThat(arrived).as("seed %d", seed).isLessThanOrEqualTo(repeatable ? RetryState.TRIES : 1);
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> REPLY;
      case 3 -> BUSY;
      case 1 -> LATER;
      case 2 -> LOST;
      default -> NOT_SENT;
    };
  }

  private static Next.Again again(Next next) {
    assertThat(next).isInstanceOf(Next.Again.class);
    return (Next.Again) next;
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
