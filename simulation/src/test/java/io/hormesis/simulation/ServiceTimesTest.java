package io.hormesis.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceTimesTest {

  private static ServiceTimes times(int cores, Duration call, Duration refusal) {
    Duration one = ofMillis(1);
    return new ServiceTimes(cores, call, one, refusal, one, one, one, one, one);
  }

  @Test
  void slowerProcessorsTakeSoManyTimesAsLong() {
    ServiceTimes slower = ServiceTimes.MEASURED.slower(3);
    assertThat(slower.refusal()).isEqualTo(ServiceTimes.MEASURED.refusal().multipliedBy(3));
    assertThat(slower.step()).isEqualTo(ServiceTimes.MEASURED.step().multipliedBy(3));
    assertThat(slower.cores()).isEqualTo(ServiceTimes.MEASURED.cores());
    assertThat(slower.slower(1)).isEqualTo(slower);
  }

  @Test
  void whatNoProcessorTakesIsRefused() {
    assertThat(times(1000, ofSeconds(1), Duration.ZERO).cores()).isEqualTo(1000);
    assertThatThrownBy(() -> times(0, ofMillis(1), ofMillis(1)))
        .hasMessage("ServiceTimes.cores must be 1 to 1000, but was 0: give that of one server");
    assertThatThrownBy(() -> times(1, ofMillis(1001), ofMillis(1)))
        .hasMessage("a service time must be 0 to 1 s, but one was PT1.001S: correct it");
    assertThatThrownBy(() -> times(1, ofMillis(-1), ofMillis(-1)))
        .hasMessage("a service time must be 0 to 1 s, but one was PT-0.001S: correct it");
    assertThatThrownBy(() -> times(1, ofMillis(1), ofMillis(2)))
        .hasMessage(
            "ServiceTimes.refusal must be at most ServiceTimes.call, but was PT0.002S and PT0.001S: correct one");
  }
}
