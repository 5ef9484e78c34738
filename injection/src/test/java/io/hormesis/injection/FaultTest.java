package io.hormesis.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A fault that cannot be is refused where it is written. */
class FaultTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aTimeThatIsNoneOrEndlessIsRefused() {
    refused(
        () -> new Fault.Kill("a1", SECOND.negated()),
        "Kill.down must be more than 0 and at most 366 days, but was PT-1S: choose a time between");
    refused(
        () -> new Fault.SlowStart("a1", SECOND, Duration.ZERO),
        "SlowStart.takes must be more than 0 and at most 366 days, but was PT0S: choose a time between");
    refused(
        () -> new Fault.NetworkNoise(Duration.ofDays(400)),
        "NetworkNoise.lasts must be more than 0 and at most 366 days, but was PT9600H: choose a time between");
  }

  @Test
  void aNumberOutOfItsBoundsIsRefused() {
    refused(
        () -> new Fault.Surge(1, SECOND),
        "Surge.times must be 2 to 1000, but was 1: choose a number between");
    refused(
        () -> new Fault.DeathAtDiskCall("a1", 0, true, SECOND),
        "DeathAtDiskCall.calls must be 1 to 1000000000, but was 0: choose a number between");
    refused(
        () -> new Fault.ClockDrift("a1", -1000, SECOND),
        "ClockDrift.perMille must be -900 to 10000, but was -1000: choose a number between");
  }

  @Test
  void aClockThatGoesRightIsNoFault() {
    refused(
        () -> new Fault.ClockDrift("a1", 0, SECOND),
        "ClockDrift.perMille must change something, but was 0: choose another number, or leave the fault out");
    refused(
        () -> new Fault.ClockJump("a1", Duration.ZERO),
        "ClockJump.by must change something, but was 0: choose another number, or leave the fault out");
    assertThat(new Fault.ClockJump("a1", SECOND.negated()).by()).isNegative();
  }

  private static void refused(Supplier<Fault> fault, String why) {
    assertThatThrownBy(fault::get).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
  }
}
