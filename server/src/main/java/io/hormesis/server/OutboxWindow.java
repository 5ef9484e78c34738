package io.hormesis.server;

import io.hormesis.engine.overload.AdaptiveLimit;

/**
 * The congestion window of an outbox: how many of its notices may be under way at once. Notices are
 * background work: when they take longer than they should, fewer go, and what is left of a surge is
 * delivered in the time that requests leave. But an outbox that fills up would hold up the requests
 * themselves: from half of its bound on it delivers the more the fuller it is.
 *
 * <p>A state machine; time is in milliseconds of a monotonic clock. Not thread-safe.
 */
final class OutboxWindow {
  private static final int LEAST = 8;
  private static final int FIRST = 32;
  private static final int MOST = 64;

  /** Half of what the slowest request should take that is let in: notices give way first. */
  private static final long TARGET_MILLIS = 120;

  private final AdaptiveLimit limit = new AdaptiveLimit(LEAST, FIRST, MOST, TARGET_MILLIS);

  /**
   * How many may be under way.
   *
   * @param fill how full the outbox is, from 0 to 1
   */
  int size(double fill) {
    int urgent = (int) (MOST * (2 * fill - 1));
    return Math.max(limit.limit(), urgent);
  }

  /** One is sent. */
  void sent() {
    limit.enter();
  }

  /** One has ended. */
  void ended(long began, long now, boolean taken) {
    limit.ended(began, now, !taken);
  }
}
