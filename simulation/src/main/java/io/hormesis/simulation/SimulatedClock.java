package io.hormesis.simulation;

import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A server's clock: its wall time may be wrong and may jump, its monotonic time never does; both
 * may run too fast or too slow.
 */
public final class SimulatedClock implements Clock {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long RIGHT = 1000;

  private final VirtualTime time;
  private final Overlapping<Integer> drift = new Overlapping<>(0, this::run);
  private Duration wrongBy;
  private long perMille = RIGHT;
  private long driftSince;
  private long shownThen;

  public SimulatedClock(VirtualTime time, Duration wrongBy) {
    this.time = time;
    this.wrongBy = wrongBy;
  }

  /** Steps the wall time, forward or back. */
  public void jump(Duration by) {
    wrongBy = wrongBy.plus(by);
  }

  /**
   * Lets it run faster by so many thousandths, slower where negative; of several such the latest
   * counts.
   *
   * @return ends it
   */
  public Runnable drift(int thousandths) {
    return drift.begin(thousandths, () -> {});
  }

  private void run(int thousandths) {
    shownThen = nanos();
    driftSince = time.nanos();
    perMille = RIGHT + thousandths;
  }

  /** How long it really takes until this clock has gone on by so much. */
  public long realNanos(Duration shown) {
    long nanos = Math.max(0, shown.toNanos());
    return perMille == RIGHT ? nanos : nanos / perMille * RIGHT;
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos()).plus(wrongBy);
  }

  @Override
  public long nanos() {
    long passed = time.nanos() - driftSince;
    return shownThen + (perMille == RIGHT ? passed : passed / RIGHT * perMille);
  }
}
