package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadinessTest {
  private static final long MILLI = 1_000_000;
  private static final long DEADLINE = 2_000 * MILLI;
  private static final long CALM = Steadiness.CALM.toMillis();

  private final LoadWindow window = new LoadWindow(DEADLINE);
  private final Steadiness steadiness = new Steadiness(window);

  private void ended(int quick, int slow, int failed) {
    for (int i = 0; i < quick; i++) {
      window.ended(false, MILLI);
    }
    for (int i = 0; i < slow; i++) {
      window.ended(false, DEADLINE / 2 + 1);
    }
    for (int i = 0; i < failed; i++) {
      window.ended(true, MILLI);
    }
  }

  @Test
  void aLoadMustHaveRunForAWhile() {
    assertThat(steadiness.unsteadyReason(0)).contains("the load has run for less than 3 s");
    ended(100, 0, 0);
    assertThat(steadiness.unsteadyReason(CALM - 1)).contains("the load has run for less than 3 s");
    assertThat(steadiness.unsteadyReason(CALM)).isEmpty();
  }

  @Test
  void oneFailureInAThousandIsTooMuch() {
    steadiness.unsteadyReason(0);
    ended(999, 0, 1);
    assertThat(steadiness.unsteadyReason(CALM))
        .contains("1 of 1000 requests failed in the last 3 s");
    ended(1, 0, 0);
    assertThat(steadiness.unsteadyReason(CALM)).isEmpty();
  }

  @Test
  void oneSlowReplyInAHundredIsTooMuch() {
    steadiness.unsteadyReason(0);
    ended(99, 1, 0);
    assertThat(steadiness.unsteadyReason(CALM))
        .contains("1 of 100 requests took more than half of their deadline in the last 3 s");
    ended(1, 0, 0);
    assertThat(steadiness.unsteadyReason(CALM)).isEmpty();
  }

  @Test
  void aSystemThatSaysNothingIsNotSteady() {
    ended(100, 0, 0);
    steadiness.unsteadyReason(0);
    assertThat(steadiness.unsteadyReason(CALM)).contains("no request ended in the last 3 s");
  }

  @Test
  void whatFailedIsForgottenAfterAWhile() {
    steadiness.unsteadyReason(0);
    ended(99, 0, 1);
    for (long now = 100; now <= 2 * CALM; now += 100) {
      ended(10, 0, 0);
      // What failed was first seen at 100 ms.
      assertThat(steadiness.unsteadyReason(now).isEmpty())
          .as("%d ms", now)
          .isEqualTo(now >= CALM + 100);
    }
  }
}
