package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryWindowTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void aTenthMayBeSentAgain() {
    RetryWindow window = new RetryWindow(0);
    for (int i = 0; i < 1000; i++) {
      window.sent(SECOND);
    }
    assertThat(sentAgain(window, SECOND)).isEqualTo(100);
    assertThat(window.hasRoom(9 * SECOND)).isFalse();
    assertThat(window.hasRoom(12 * SECOND)).as("ten seconds later").isTrue();
  }

  @Test
  void whoSendsLittleMaySendAFewAgain() {
    RetryWindow window = new RetryWindow(Long.MAX_VALUE - SECOND);
    window.sent(Long.MIN_VALUE + SECOND);
    assertThat(sentAgain(window, Long.MIN_VALUE + SECOND)).isEqualTo(RetryWindow.LEAST);
    assertThat(window.hasRoom(Long.MIN_VALUE + 300 * SECOND)).as("after a long pause").isTrue();
  }

  /** Whatever fails: in the last ten whole seconds no more than a tenth was sent again. */
  @Test
  void theBudgetHoldsInRandomLives() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      RetryWindow window = new RetryWindow(0);
      Deque<Long> first = new ArrayDeque<>();
      Deque<Long> again = new ArrayDeque<>();
      long now = 0;
      for (int step = 0; step < 3000; step++) {
        now += random.nextLong(SECOND / 20);
        window.sent(now);
        first.add(now);
        if (random.nextInt(3) > 0 && window.hasRoom(now)) {
          window.sentAgain(now);
          again.add(now);
        }
        long since = now / SECOND * SECOND - 9 * SECOND;
        first.removeIf(it -> it < since);
        again.removeIf(it -> it < since);
        assertThat(again.size())
            .as("seed %d, step %d", seed, step)
            .isLessThanOrEqualTo(Math.max(RetryWindow.LEAST, first.size() / 10 + 10));
      }
    }
  }

  private static int sentAgain(RetryWindow window, long now) {
    int count = 0;
    while (window.hasRoom(now)) {
      window.sentAgain(now);
      count++;
    }
    return count;
  }
}
