package io.hormesis.mutation;

import io.hormesis.replication.Change;
import io.hormesis.replication.Committed;
import io.hormesis.replication.OutgoingNotice;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Undelivered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** The hooks of a member that shows notices while their entries are not yet committed. */
public final class HastyOutbox {

  /** Below all numbers of notices that were applied: so they are passed over by no reader. */
  private static final long HASTY_FROM = Long.MIN_VALUE;

  private static final Map<Replica, HastyOutbox> OF_MEMBERS = new WeakHashMap<>();

  private final Map<Long, OutgoingNotice> shown = new ConcurrentSkipListMap<>();
  private long last = HASTY_FROM;

  private HastyOutbox() {}

  /** Shows the notices of a change until it has an outcome. */
  public static CompletableFuture<Committed> commit(
      CompletableFuture<Committed> outcome, Replica member, Change change) {
    if (!outcome.isDone() && !change.notices().isEmpty()) {
      HastyOutbox outbox = of(member);
      List<Long> numbers = change.notices().stream().map(outbox::show).toList();
      var _ = outcome.whenComplete((_, _) -> numbers.forEach(outbox.shown::remove));
    }
    return outcome;
  }

  /** An outbox, and what is shown before its time. */
  public static List<Undelivered> outbox(
      List<Undelivered> applied, Replica member, long after, int limit) {
    List<Undelivered> all = new ArrayList<>(applied);
    of(member).shown.forEach((number, notice) -> all.add(new Undelivered(number, notice)));
    return all.stream().limit(limit).toList();
  }

  private synchronized long show(OutgoingNotice notice) {
    shown.put(++last, notice);
    return last;
  }

  private static HastyOutbox of(Replica member) {
    synchronized (OF_MEMBERS) {
      return OF_MEMBERS.computeIfAbsent(member, _ -> new HastyOutbox());
    }
  }
}
