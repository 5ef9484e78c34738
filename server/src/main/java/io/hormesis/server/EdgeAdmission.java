package io.hormesis.server;

import io.hormesis.edge.Admission;
import io.hormesis.engine.overload.AdaptiveLimit;
import io.hormesis.engine.overload.QueueDelay;
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

  /**
   * More than in mailboxes: this queue grows with those who are only refused, too, and whoever
   * refused all of them would do nothing any more, with all of its capacity left.
   */
  private static final long DELAY_MILLIS = 200;

  private static final long INTERVAL_MILLIS = 500;
  private static final Entry.Turned LATE =
      new Entry.Turned(
          "requests must be read within %d ms, but wait longer here".formatted(2 * DELAY_MILLIS),
          RETRY_AFTER);

  private final Clock clock;
  private final AdaptiveLimit limit = new AdaptiveLimit(LEAST, FIRST, MOST, TARGET_MILLIS);

  private final QueueDelay delay = new QueueDelay(DELAY_MILLIS, INTERVAL_MILLIS);
  private int turnedAt;
  private Entry.Turned turned = new Entry.Turned("", RETRY_AFTER);

  EdgeAdmission(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Entry.Turned> full(Duration waited) {
    synchronized (limit) {
      return tooLate(waited)
          ? Optional.of(LATE)
          : limit.full() ? Optional.of(turned()) : Optional.empty();
    }
  }

  /** What it has waited already counts: in an overload the longest queue is before the door. */
  @Override
  public Entry enter(Duration within, Duration waited) {
    synchronized (limit) {
      if (tooLate(waited)) {
        return LATE;
      }
      return limit.admit() ? permit(millis() - waited.toMillis()) : turned();
    }
  }

  private boolean tooLate(Duration waited) {
    return delay.tooLate(waited.toMillis(), millis());
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
