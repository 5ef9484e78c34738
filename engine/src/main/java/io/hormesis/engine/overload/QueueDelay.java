package io.hormesis.engine.overload;

/**
 * A bound on the time in a queue (CoDel): tells a queue that only smooths a burst from one that
 * stands. When not even the quickest of an interval waited less than the target, the queue stands;
 * then what has waited for twice the target is not worth doing any more.
 *
 * <p>Source: rule R12; Nichols and Jacobson, Controlling Queue Delay, ACM Queue 2012, in the form
 * for request queues of Facebook's folly.
 *
 * <p>A state machine; time is in milliseconds of a monotonic clock. Not thread-safe.
 */
public final class QueueDelay {
  private final long targetMillis;
  private final long intervalMillis;
  private long intervalEnds;
  private long quickest = Long.MAX_VALUE;
  private boolean stands;

  /** A queue that does not stand. */
  public QueueDelay(long targetMillis, long intervalMillis) {
    this.targetMillis = targetMillis;
    this.intervalMillis = intervalMillis;
  }

  /**
   * Whether what has waited so long is too late to be begun; asked of each that leaves the queue.
   */
  public boolean tooLate(long waitedMillis, long now) {
    if (now >= intervalEnds) {
      stands = quickest != Long.MAX_VALUE && quickest > targetMillis;
      quickest = waitedMillis;
      intervalEnds = now + intervalMillis;
    } else {
      quickest = Math.min(quickest, waitedMillis);
    }
    return stands && waitedMillis > 2 * targetMillis;
  }

  /** Whether the queue stands. */
  public boolean stands() {
    return stands;
  }
}
