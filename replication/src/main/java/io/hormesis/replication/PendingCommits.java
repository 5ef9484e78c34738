package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of a group that have no answer yet. MicroRaft's futures may never end; these end at
 * their deadline. On the group's strand only, but for {@link #count()}.
 */
final class PendingCommits {

  private final Clock clock;
  private final Duration deadline;
  private final Deque<Wait> waits = new ArrayDeque<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Since when a call waits, and how it fails when it waited too long. */
  private record Wait(CompletableFuture<?> call, long sinceNanos, NotCommitted.Kind failure) {
    void fail(Optional<String> leader, String reason) {
      call.completeExceptionally(new NotCommitted(failure, leader, reason));
    }
  }

  PendingCommits(Clock clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
  }

  void add(CompletableFuture<?> call, NotCommitted.Kind failure) {
    waits.add(new Wait(call, clock.nanos(), failure));
    count.incrementAndGet();
    var _ = call.whenComplete((_, _) -> count.decrementAndGet());
  }

  /** Ends the calls whose deadline has passed. */
  void sweep(Optional<String> leader) {
    for (Wait oldest = waits.peek(); oldest != null; oldest = waits.peek()) {
      boolean late = clock.since(oldest.sinceNanos()).compareTo(deadline) >= 0;
      if (!late && !oldest.call().isDone()) {
        return;
      }
      waits.remove();
      oldest.fail(leader, "no outcome within " + deadline);
    }
  }

  /** Ends all calls. */
  void failAll(String reason) {
    for (Wait oldest = waits.poll(); oldest != null; oldest = waits.poll()) {
      oldest.fail(Optional.empty(), reason);
    }
  }

  /** How many wait; from any thread. */
  int count() {
    return count.get();
  }
}
