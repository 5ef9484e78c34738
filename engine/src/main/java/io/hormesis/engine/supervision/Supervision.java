package io.hormesis.engine.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The supervisor of one instance's workers: restarts a failed one after a short pause; when too
 * many fail within a while, it isolates the instance, each time for twice as long, up to a limit.
 *
 * <p>Source: restart intensity of Erlang/OTP supervisors; rule R20. A state machine; time is in
 * milliseconds of a monotonic clock. Not thread-safe.
 */
public final class Supervision {
  private static final int MOST_FAILURES = 20;
  private static final long WITHIN_MILLIS = 5000;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration FIRST_ISOLATION = Duration.ofSeconds(1);
  private static final Duration LONGEST_ISOLATION = Duration.ofSeconds(30);
  private static final long CALM_MILLIS = 60_000;

  private final Deque<Long> recent = new ArrayDeque<>();
  private Duration isolation = FIRST_ISOLATION;
  private long isolatedUntil;

  /** A worker failed: decides. */
  public Decision failed(long now) {
    while (!recent.isEmpty() && recent.element() <= now - WITHIN_MILLIS) {
      recent.remove();
    }
    recent.add(now);
    return recent.size() > MOST_FAILURES ? isolate(now) : new Decision.RestartAfter(PAUSE);
  }

  /** Whether the instance takes nothing now. */
  public boolean isolated(long now) {
    return now < isolatedUntil;
  }

  private Decision isolate(long now) {
    if (now - isolatedUntil > CALM_MILLIS) {
      isolation = FIRST_ISOLATION;
    }
    Duration time = isolation;
    recent.clear();
    isolatedUntil = now + time.toMillis();
    isolation =
        time.multipliedBy(2).compareTo(LONGEST_ISOLATION) > 0
            ? LONGEST_ISOLATION
            : time.multipliedBy(2);
    return new Decision.IsolateFor(time);
  }
}
