package io.hormesis.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTextTest {
  private static final Duration TIME = Duration.ofMillis(1_234);

  @Test
  void aFaultIsReadAsWords() {
    assertThat(FaultText.of(new Fault.Kill("b1", TIME))).isEqualTo("Kill b1, down 1.2 s");
    assertThat(FaultText.of(new Fault.LinkCut("a1", "b1", TIME)))
        .isEqualTo("LinkCut a1, b1, lasts 1.2 s");
    assertThat(FaultText.of(new Fault.DeathAtDiskCall("a1", 12, true, TIME)))
        .isEqualTo("DeathAtDiskCall a1, calls 12, power loss, down 1.2 s");
    assertThat(FaultText.of(new Fault.DeathAtDiskCall("a1", 12, false, TIME)))
        .isEqualTo("DeathAtDiskCall a1, calls 12, down 1.2 s");
    assertThat(FaultText.of(new Fault.ForceFailure("c1"))).isEqualTo("ForceFailure c1");
  }
}
