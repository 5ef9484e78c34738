package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of MicroRaft's nodes: monotonic, {@value NodeExecutor#SCALE} times as fast as ours. It
 * starts late enough that "never" (0) is long ago.
 */
final class ScaledClock extends java.time.Clock {

  private static final long START_MILLIS = 1_000_000_000L;

  private final Clock clock;
  private final long origin;

  ScaledClock(Clock clock) {
    this.clock = clock;
    this.origin = clock.nanos();
  }

  @Override
  public long millis() {
    return START_MILLIS + (clock.nanos() - origin) * NodeExecutor.SCALE / 1_000_000;
  }

  /** How long ago a reading of this clock was, in our time. */
  Duration since(long earlierMillis) {
    return Duration.ofMillis(millis() - earlierMillis).dividedBy(NodeExecutor.SCALE);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public java.time.Clock withZone(ZoneId zone) {
    return this;
  }
}
