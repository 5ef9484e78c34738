package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhaseCountsTest {
  private static final long MILLI = 1_000_000;

  @Test
  void theSystemIsWholeAgainOnceAllButOneInAThousandAreAnswered() {
    assertThat(failingUntil(0).answeredAgain()).hasValue(0);
    assertThat(failingUntil(1_500).answeredAgain()).hasValue(1_500);
    assertThat(failingUntil(4_500).answeredAgain()).isEmpty();
  }

  @Test
  void aLoadIsHeldWhenOneInAThousandIsNotAnswered() {
    assertThat(failingUntil(5).held()).isTrue();
    assertThat(failingUntil(6).held()).isFalse();
  }

  @Test
  void onlyGoodRepliesCountForGoodputAndLatency() {
    var counts = new PhaseCounts(LoadPhase.of("few", 10, Duration.ofSeconds(2), 1));
    for (int i = 0; i < 20; i++) {
      counts.offered(0);
      counts.ended(
          i,
          i < 10 ? PhaseCounts.Ending.GOOD : PhaseCounts.Ending.REFUSED_AT_ONCE,
          i < 10 ? 5 * MILLI : MILLI);
    }
    PhaseResult result = counts.result();
    assertThat(result.goodput()).isEqualTo(5);
    assertThat(result.p99()).isBetween(4.9, 5.1);
    assertThat(result.refusalP99()).isBetween(0.9, 1.1);
    assertThat(result.refusedAtOnce()).isEqualTo(10);
  }

  /** A thousand a second for five seconds, of which the first fail. */
  private static PhaseResult failingUntil(int failing) {
    var counts = new PhaseCounts(LoadPhase.of("after", 1_000, Duration.ofSeconds(5), 1));
    for (int i = 0; i < 5_000; i++) {
      counts.offered(0);
      counts.ended(i, i < failing ? PhaseCounts.Ending.TIMED_OUT : PhaseCounts.Ending.GOOD, MILLI);
    }
    return counts.result();
  }
}
