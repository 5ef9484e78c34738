package io.hormesis.trial;

/** Counts how the requests of a load end: how many failed, how many took long. Thread-safe. */
final class LoadWindow {
  private final long slowNanos;
  private Count now = new Count(0, 0, 0);

  /** What counts as slow takes more than half of the deadline, so a failed request always does. */
  LoadWindow(long deadlineNanos) {
    slowNanos = deadlineNanos / 2;
  }

  /** Requests that ended, and those of them that failed or were slow. */
  record Count(long ended, long failed, long slow) {

    Count minus(Count before) {
      return new Count(ended - before.ended, failed - before.failed, slow - before.slow);
    }
  }

  synchronized void ended(boolean failed, long latencyNanos) {
    boolean slow = failed || latencyNanos > slowNanos;
    now = new Count(now.ended + 1, now.failed + (failed ? 1 : 0), now.slow + (slow ? 1 : 0));
  }

  synchronized Count count() {
    return now;
  }
}
