package io.hormesis.edge;

import java.time.Duration;

/**
 * A retry budget: in any ten seconds a client sends again at most a tenth of what it sends for the
 * first time, but always {@link #LEAST} requests. So its retries do not multiply a failure, and the
 * failure of one door, on which all requests under way to it hang, is still got over.
 *
 * <p>Source: rule R6 (SRE's retry ratio of a client). Times are nanoseconds of any one clock. Not
 * thread-safe.
 */
final class RetryWindow {
  /** What a client may send again however little it sends. */
  static final int LEAST = 10;

  private static final int PERCENT = 10;
  private static final int SLOTS = 10;
  private static final long SLOT = Duration.ofSeconds(1).toNanos();

  private final long[] first = new long[SLOTS];
  private final long[] again = new long[SLOTS];
  private final long begun;
  private long present;

  RetryWindow(long now) {
    begun = now;
  }

  /** A request is sent for the first time. */
  void sent(long now) {
    first[slot(now)]++;
  }

  /** Whether a request may be sent again. */
  boolean hasRoom(long now) {
    slot(now);
    return sum(again) < Math.max(LEAST, sum(first) * PERCENT / 100);
  }

  /** A request is sent again. */
  void sentAgain(long now) {
    again[slot(now)]++;
  }

  private int slot(long now) {
    long second = Math.max(present, (now - begun) / SLOT);
    for (long passed = Math.max(present + 1, second - SLOTS + 1); passed <= second; passed++) {
      first[(int) (passed % SLOTS)] = 0;
      again[(int) (passed % SLOTS)] = 0;
    }
    present = second;
    return (int) (second % SLOTS);
  }

  private static long sum(long[] slots) {
    long sum = 0;
    for (long slot : slots) {
      sum += slot;
    }
    return sum;
  }
}
