package io.hormesis.server;

import io.hormesis.engine.port.Strand;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The timer of a state machine that says when it wants to be woken next. There is one at a time: a
 * timer that was set for later is given up when an earlier one is set. Else each of them would set
 * the next one, and under a load that never ends they would become ever more.
 *
 * <p>On its strand only. Times are milliseconds of a monotonic clock.
 */
final class WakeTimer {
  private final Strand strand;
  private final Runnable wake;
  private long at = Long.MAX_VALUE;
  private Strand.Timer set = () -> {};

  /**
   * A timer that is not set.
   *
   * @param wake run on the strand when a time that was asked for has come
   */
  WakeTimer(Strand strand, Runnable wake) {
    this.strand = strand;
    this.wake = wake;
  }

  /** Wakes at a time, unless it is to wake before that. */
  void wakeAt(OptionalLong time, long now) {
    if (time.isEmpty() || time.getAsLong() >= at) {
      return;
    }
    set.cancel();
    long due = time.getAsLong();
    at = due;
    set = strand.schedule(Duration.ofMillis(Math.max(1, due - now)), () -> wake(due));
  }

  private void wake(long due) {
    if (at == due) {
      at = Long.MAX_VALUE;
      wake.run();
    }
  }
}
