package io.hormesis.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** At most a fixed number of requests under way at once. */
final class FixedAdmission implements Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int limit;
  private final Entry.Turned turned;
  private final AtomicInteger underWay = new AtomicInteger();

  FixedAdmission(int limit) {
    this.limit = limit;
    this.turned =
        new Entry.Turned(
            "calls under way must be at most %d, but are more".formatted(limit), RETRY_AFTER);
  }

  @Override
  public Optional<Entry.Turned> full(Duration waited) {
    return underWay.get() < limit ? Optional.empty() : Optional.of(turned);
  }

  @Override
  public Entry enter(Duration within, Duration waited) {
    if (underWay.incrementAndGet() > limit) {
      underWay.decrementAndGet();
      return turned;
    }
    AtomicBoolean inside = new AtomicBoolean(true);
    return (Entry.Permit)
        _ -> {
          if (inside.getAndSet(false)) {
            underWay.decrementAndGet();
          }
        };
  }
}
