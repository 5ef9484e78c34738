package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test sets. */
final class TestClock implements Clock {
  private long nanos;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
