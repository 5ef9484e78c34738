package io.hormesis.server;

import io.hormesis.edge.Admission;
import io.hormesis.engine.overload.AdaptiveLimit;
import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The admission control of an edge: lets in what the system can do in time, by an {@link
 * AdaptiveLimit} on the requests under way, and refuses the rest at once. Thread-safe.
 */
final class EdgeAdmission implements Admission {
  /** So many as wait at an edge under a moderate load while a leader is elected. */
  private static final int LEAST = 32;

  private static final int FIRST = 64;
  private static final int MOST = 512;

  /** An eighth of the usual deadline: the slowest hundredth then stays below half of it. */
  private static final long TARGET_MILLIS = 250;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Clock clock;
  private final AdaptiveLimit limit = new AdaptiveLimit(LEAST, FIRST, MOST, TARGET_MILLIS);

  private int turnedAt;
  private Entry.Turned turned = new Entry.Turned("", RETRY_AFTER);

  EdgeAdmission(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Entry.Turned> full() {
    synchronized (limit) {
      return limit.full() ? Optional.of(turned()) : Optional.empty();
    }
  }

  @Override
  public Entry enter(Duration within) {
    long began = millis();
    synchronized (limit) {
      return limit.admit() ? permit(began) : turned();
    }
  }

  /** The same one as long as the limit is the same: many get it. */
  private Entry.Turned turned() {
    if (turnedAt != limit.limit()) {
      turnedAt = limit.limit();
      turned =
          new Entry.Turned(
              "requests under way must be at most %d here now, but are more".formatted(turnedAt),
              RETRY_AFTER);
    }
    return turned;
  }

  private Entry.Permit permit(long began) {
    AtomicBoolean left = new AtomicBoolean();
    return how -> {
      if (left.compareAndSet(false, true)) {
        synchronized (limit) {
          limit.ended(began, millis(), how == Leave.DROPPED);
        }
      }
    };
  }

  private long millis() {
    return clock.nanos() / 1_000_000;
  }
}
