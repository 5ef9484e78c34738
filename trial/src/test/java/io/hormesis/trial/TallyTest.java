package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MILLI = 1_000_000;
  private final Tally tally = new Tally();

  @Test
  void everythingThatIsSentIsRepliedOrFailedOrADeclaredDefault() {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      tally.sent();
      tally.ended(outcome, MILLI, MILLI);
    }
    assertThat(tally.requests()).isEqualTo(new Report.Requests(7, 1, 2, 2, 1, 5));
  }

  @Test
  void whatIsUnderWayAtTheEndHasFailed() {
    tally.sent();
    tally.sent();
    tally.ended(RequestOutcome.REPLIED, MILLI, MILLI);
    assertThat(tally.requests()).isEqualTo(new Report.Requests(2, 1, 0, 0, 0, 0));
    assertThat(tally.total()).isEqualTo(new Report.Requests(2, 1, 0, 0, 1, 1));
  }

  @Test
  void latenciesAreReadOffInMilliseconds() {
    for (int i = 1; i <= 1_000; i++) {
      tally.ended(RequestOutcome.REPLIED, i * MILLI, i * MILLI / 2);
    }
    Report.Latency latency = tally.latency();
    assertThat(latency.p50()).isCloseTo(500, within(1.0));
    assertThat(latency.p99()).isCloseTo(990, within(1.0));
    assertThat(latency.p999()).isCloseTo(999, within(1.0));
    assertThat(latency.max()).isCloseTo(1_000, within(1.0));
    assertThat(tally.rawLatency().max()).isCloseTo(500, within(1.0));
  }
}
