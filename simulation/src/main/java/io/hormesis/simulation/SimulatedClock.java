package io.hormesis.simulation;

import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A server's clock: its wall time may be wrong and may jump, its monotonic time never does. */
public final class SimulatedClock implements Clock {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time;
  private Duration wrongBy;

  public SimulatedClock(VirtualTime time, Duration wrongBy) {
    this.time = time;
    this.wrongBy = wrongBy;
  }

  /** Steps the wall time, forward or back. */
  public void jump(Duration by) {
    wrongBy = wrongBy.plus(by);
  }

  @Override
  public Instant now() {
    return START.plusNanos(time.nanos()).plus(wrongBy);
  }

  @Override
  public long nanos() {
    return time.nanos();
  }
}
