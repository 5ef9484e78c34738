package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.RetryState.Next;
import io.hormesis.edge.RetryState.Outcome;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryStateTest {
  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final Outcome LOST = new Outcome.Lost();
  private static final Outcome NOT_SENT = new Outcome.NotSent();
  private static final Outcome REPLY = new Outcome.Replied();
  private static final Outcome REFUSED = new Outcome.Refused();
  private static final Outcome ELSEWHERE = new Outcome.Elsewhere();

  private final RetryState repeatable = RetryState.begin(6, true, true, WITHIN, 0);
  private final RetryState once = RetryState.begin(6, false, true, WITHIN, 0);

  @Test
  void aReplyEndsIt() {
    assertThat(repeatable.after(REPLY, millis(5), 0, true)).isEqualTo(new Next.Done());
  }

  @Test
  void oneTryTakesAShareOfTheTimeAndTheLastAllOfIt() {
    assertThat(repeatable.tryLimit(0)).isEqualTo(Duration.ofMillis(600));
    RetryState second = again(repeatable.after(LOST, millis(600), 0, true)).after();
    assertThat(second.tryLimit(millis(600))).isEqualTo(Duration.ofMillis(600));
    RetryState third = again(second.after(LOST, millis(1200), 0, true)).after();
    assertThat(third.tryLimit(millis(1200))).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void theOnlyTryTakesAllTheTime() {
    assertThat(once.tryLimit(0)).isEqualTo(WITHIN);
    assertThat(RetryState.begin(1, true, true, WITHIN, 0).tryLimit(0)).isEqualTo(WITHIN);
  }

  @Test
  void aLostRequestIsSentAtMostThreeTimes() {
    RetryState second = again(repeatable.after(LOST, 1, 0, true)).after();
    RetryState third = again(second.after(LOST, 2, 0, true)).after();
    assertThat(third.after(LOST, 3, 0, true))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
  }

  @Test
  void aRequestWithoutAKeyIsNeverSentAgainAfterItMayHaveArrived() {
    assertThat(once.after(LOST, 1, 0, true))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
  }

  @Test
  void aRequestWithoutAKeyGoesToAnotherDoorWhenTheConnectionWasRefused() {
    Next.Again again = again(once.after(NOT_SENT, 1, 0, true));
    assertThat(again.pause()).isEqualTo(Duration.ZERO);
    assertThat(again.after().perhapsDone()).isFalse();
  }

  @Test
  void refusedConnectionsCountAsTries() {
    RetryState second = again(repeatable.after(NOT_SENT, 1, 0, true)).after();
    RetryState third = again(second.after(NOT_SENT, 2, 0, true)).after();
    assertThat(third.after(NOT_SENT, 3, 0, true))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isFalse());
  }

  @Test
  void whenAllDoorsRefusedTheNextRoundWaits() {
    RetryState one = RetryState.begin(1, true, true, WITHIN, 0);
    assertThat(again(one.after(NOT_SENT, 1, 0, true)).pause()).isEqualTo(Duration.ofMillis(100));
    assertThat(again(one.after(NOT_SENT, 1, 1, true)).pause()).isEqualTo(Duration.ofMillis(120));
  }

  @Test
  void aRefusalIsTheLastWord() {
    assertThat(repeatable.after(REFUSED, millis(1), 0, true)).isEqualTo(new Next.Done());
    assertThat(once.after(REFUSED, millis(1), 0, true)).isEqualTo(new Next.Done());
  }

  @Test
  void whatIsNotTakenHereGoesElsewhereAtOnce() {
    Next.Again again = again(once.after(ELSEWHERE, millis(1), 0.5, true));
    assertThat(again.pause()).isEqualTo(Duration.ZERO);
    RetryState third = again(again.after().after(ELSEWHERE, millis(2), 0, true)).after();
    assertThat(third.after(ELSEWHERE, millis(3), 0, true)).isEqualTo(new Next.Done());
    RetryState alone = RetryState.begin(1, true, true, WITHIN, 0);
    assertThat(alone.after(ELSEWHERE, millis(1), 0, true)).isEqualTo(new Next.Done());
  }

  @Test
  void nothingIsSentAgainBeyondTheBudget() {
    assertThat(repeatable.after(LOST, 1, 0, false)).isInstanceOf(Next.GiveUp.class);
    assertThat(repeatable.after(ELSEWHERE, 1, 0, false)).isEqualTo(new Next.Done());
    assertThat(repeatable.after(NOT_SENT, 1, 0, false))
        .as("nothing was sent yet")
        .isInstanceOf(Next.Again.class);
  }

  @Test
  void aRefusalAfterALostTryIsNotTheLastWordOfAWrite() {
    RetryState second = again(repeatable.after(LOST, millis(1), 0, true)).after();
    assertThat(second.after(REFUSED, millis(1500), 0, true))
        .isInstanceOfSatisfying(
            Next.GiveUp.class, it -> assertThat(it.after().perhapsDone()).isTrue());
    assertThat(second.after(ELSEWHERE, millis(1990), 0, true)).isInstanceOf(Next.GiveUp.class);
    assertThat(second.after(REPLY, millis(1500), 0, true)).isEqualTo(new Next.Done());
  }

  @Test
  void aRefusalAfterALostTryIsTheLastWordOfARead() {
    RetryState read = RetryState.begin(6, true, false, WITHIN, 0);
    RetryState second = again(read.after(LOST, millis(1), 0, true)).after();
    assertThat(second.after(REFUSED, millis(1500), 0, true)).isEqualTo(new Next.Done());
  }

  @Test
  void nothingIsTriedAfterTheDeadline() {
    assertThat(repeatable.after(LOST, millis(1990), 0, true)).isInstanceOf(Next.GiveUp.class);
    assertThat(repeatable.after(NOT_SENT, millis(1990), 0, true)).isInstanceOf(Next.GiveUp.class);
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
    int perhaps = 0;
    boolean lost = false;
    boolean ended = false;
    for (int step = 0; !ended; step++) {
      assertThat(step).as("seed %d", seed).isLessThan(RetryState.TRIES);
      assertThat(present.tryLimit(now)).as("seed %d", seed).isLessThanOrEqualTo(WITHIN);
      now += random.nextLong(present.tryLimit(now).toNanos() + 1);
      Outcome outcome = outcome(random);
      arrived += outcome.equals(NOT_SENT) ? 0 : 1;
      lost |= outcome.equals(LOST);
      perhaps += outcome.equals(LOST) || outcome.equals(REPLY) ? 1 : 0;
      Next next = present.after(outcome, now, random.nextDouble(), random.nextInt(5) > 0);
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
                  case Outcome.Refused _, Outcome.Elsewhere _ -> !(lost && changes);
                  case Outcome.NotSent _, Outcome.Lost _ -> false;
                });
      }
    }
    assertThat(arrived).as("seed %d", seed).isLessThanOrEqualTo(RetryState.TRIES);
    assertThat(perhaps).as("seed %d", seed).isLessThanOrEqualTo(repeatable ? RetryState.TRIES : 1);
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> REPLY;
      case 3 -> REFUSED;
      case 1 -> ELSEWHERE;
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
