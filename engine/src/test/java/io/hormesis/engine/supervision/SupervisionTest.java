package io.hormesis.engine.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupervisionTest {
  private final Supervision supervision = new Supervision();

  @Test
  void aFailedWorkerIsReplacedAfterAShortPause() {
    assertThat(supervision.failed(0)).isEqualTo(new Decision.RestartAfter(Duration.ofMillis(100)));
    assertThat(supervision.isolated(1)).isFalse();
  }

  @Test
  void tooManyFailuresIsolateTheInstanceForTwiceAsLongEachTime() {
    assertThat(storm(0)).isEqualTo(new Decision.IsolateFor(Duration.ofSeconds(1)));
    assertThat(supervision.isolated(500)).isTrue();
    assertThat(supervision.isolated(1100)).isFalse();
    assertThat(storm(1100)).isEqualTo(new Decision.IsolateFor(Duration.ofSeconds(2)));
    for (int i = 0; i < 8; i++) {
      storm(10_000 + 40_000L * i);
    }
    assertThat(storm(400_000)).isEqualTo(new Decision.IsolateFor(Duration.ofSeconds(1)));
  }

  @Test
  void isolationHasALimit() {
    Decision last = storm(0);
    for (int i = 1; i < 10; i++) {
      last = storm(35_000L * i);
    }
    assertThat(last).isEqualTo(new Decision.IsolateFor(Duration.ofSeconds(30)));
  }

  @Test
  void failuresFarApartAreForgotten() {
    for (int i = 0; i < 100; i++) {
      assertThat(supervision.failed(i * 1000L)).isInstanceOf(Decision.RestartAfter.class);
    }
  }

  private Decision storm(long now) {
    Decision last = supervision.failed(now);
    for (int i = 0; i < 20; i++) {
      last = supervision.failed(now);
    }
    return last;
  }
}
