package io.hormesis.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a member shows of its outbox: what it has applied, and nothing else. Here two errors can be
 * built in. Thread-safe.
 */
final class OutboxView {

  /** Above all numbers of notices that were applied. */
  private static final long APPENDED_FROM = 1L << 62;

  private final boolean forgets;
  private final boolean hasty;
  private final Map<Long, OutgoingNotice> appended = new ConcurrentSkipListMap<>();
  private long lastAppended = APPENDED_FROM;
  private volatile long forgottenUpTo;

  OutboxView(Set<Mutation> mutations) {
    forgets = mutations.contains(Mutation.FORGET_NOTICES_ON_LEADER_CHANGE);
    hasty = mutations.contains(Mutation.SEND_NOTICE_BEFORE_DURABLE);
  }

  /** The oldest notices of a state. */
  List<Undelivered> of(ReplicatedState state, int limit) {
    return forgets || hasty ? mutated(state, limit) : state.outbox(limit);
  }

  private List<Undelivered> mutated(ReplicatedState state, int limit) {
    List<Undelivered> all = new ArrayList<>(state.outbox(Integer.MAX_VALUE));
    appended.forEach((number, notice) -> all.add(new Undelivered(number, notice)));
    return all.stream().filter(notice -> notice.number() > forgottenUpTo).limit(limit).toList();
  }

  /** This member leads from now on. */
  void leads(ReplicatedState state) {
    if (forgets) {
      forgottenUpTo = state.lastNotice();
    }
  }

  /**
   * A change was handed to the log, on the strand; whether its notices show before its end.
   *
   * @param commit done already when the change was not appended
   */
  boolean appended(Change change, CompletableFuture<Committed> commit) {
    if (!hasty || commit.isDone() || change.notices().isEmpty()) {
      return false;
    }
    List<Long> numbers = new ArrayList<>();
    for (OutgoingNotice notice : change.notices()) {
      appended.put(++lastAppended, notice);
      numbers.add(lastAppended);
    }
    var _ = commit.whenComplete((_, _) -> numbers.forEach(appended::remove));
    return true;
  }
}
