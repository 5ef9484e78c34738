package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

  @Test
  void theWallTimeJumpsAndTheMonotonicTimeDoesNot() {
    VirtualTime time = new VirtualTime();
    SimulatedClock clock = new SimulatedClock(time, Duration.ofSeconds(2));
    time.runUntil(Duration.ofSeconds(1).toNanos());
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:03Z"));
    clock.jump(Duration.ofHours(-1));
    assertThat(clock.now()).isEqualTo(Instant.parse("2025-12-31T23:00:03Z"));
    assertThat(clock.nanos()).isEqualTo(1_000_000_000);
  }

  @Test
  void aClockThatDriftsShowsMoreOrLessAndNeverRunsBack() {
    VirtualTime time = new VirtualTime();
    SimulatedClock clock = new SimulatedClock(time, Duration.ZERO);
    time.runUntil(Duration.ofSeconds(1).toNanos());
    Runnable endFast = clock.drift(100);
    time.runUntil(Duration.ofSeconds(2).toNanos());
    assertThat(clock.nanos()).isEqualTo(2_100_000_000);
    assertThat(clock.realNanos(Duration.ofMillis(1100))).isEqualTo(1_000_000_000);
    Runnable endSlow = clock.drift(-100);
    endFast.run();
    time.runUntil(Duration.ofSeconds(3).toNanos());
    assertThat(clock.nanos()).isEqualTo(3_000_000_000L);
    endSlow.run();
    time.runUntil(Duration.ofSeconds(4).toNanos());
    assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T00:00:04Z"));
    assertThat(clock.realNanos(Duration.ofSeconds(-1))).isZero();
  }
}
