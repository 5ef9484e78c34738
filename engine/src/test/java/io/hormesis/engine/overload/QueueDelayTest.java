package io.hormesis.engine.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueDelayTest {
  private final QueueDelay delay = new QueueDelay(50, 500);

  @Test
  void aBurstIsLetThrough() {
    for (int i = 0; i < 400; i++) {
      assertThat(delay.tooLate(i % 10 == 0 ? 0 : 400, i * 5L)).isFalse();
    }
  }

  @Test
  void aQueueThatStandsLosesWhatHasWaitedTooLong() {
    for (int i = 0; i < 100; i++) {
      delay.tooLate(200, i * 5L);
    }
    assertThat(delay.tooLate(200, 500)).isTrue();
    assertThat(delay.stands()).isTrue();
    assertThat(delay.tooLate(90, 510)).as("what is not yet late is done").isFalse();
  }

  @Test
  void aQueueThatIsEmptyAgainDoesNotStand() {
    for (int i = 0; i <= 100; i++) {
      delay.tooLate(200, i * 5L);
    }
    delay.tooLate(10, 600);
    assertThat(delay.tooLate(200, 1_001)).isFalse();
  }
}
