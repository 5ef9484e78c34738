package io.hormesis.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The replicated record of one group: keys with version and state, remembered replies, outbox.
 *
 * <p>It is a state machine without clock or chance: the same commands in the same order make the
 * same state and the same answers on every member. Time comes from the entries. A step is looked up
 * by its request id first, then compared on the version, then its notices are counted.
 *
 * <p>Safe to read from any thread while one thread applies.
 */
final class ReplicatedState {

  /** A request of a key. */
  record Request(String key, String id) implements Comparable<Request> {
    @Override
    public int compareTo(Request other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : id.compareTo(other.id);
    }
  }

  /** What was answered, and when by the entries' time. */
  @SuppressWarnings("ArrayRecordComponent")
  record Reply(byte[] fingerprint, byte[] bytes, Instant at) {}

  private final NavigableMap<String, KeyState> keys = new TreeMap<>();

  /** In the order in which they were applied, so the oldest is first. */
  private final Map<Request, Reply> replies = new LinkedHashMap<>();

  private final NavigableSet<Request> forgotten = new TreeSet<>();

  /** By their numbers, the lowest first. */
  private final NavigableMap<Long, OutgoingNotice> outbox = new TreeMap<>();

  private long lastNotice;

  /** Of the last entry that was applied. */
  private long index;

  /** The highest time of an entry: no clock of a leader turns it back. */
  private Instant now = Instant.EPOCH;

  /** Applies the command of an entry. */
  synchronized Object apply(long entryIndex, LogCommand command) {
    index = entryIndex;
    return apply(command);
  }

  /** An entry without a command was applied. */
  synchronized void passed(long entryIndex) {
    index = entryIndex;
  }

  /** Applies a command; the answer of what is no step says nothing. */
  Object apply(LogCommand command) {
    return switch (command) {
      case LogCommand.Step step -> apply(step);
      case LogCommand.Delivered delivered -> {
        delivered(delivered.numbers());
        yield command;
      }
      case LogCommand.NewTerm _ -> command;
    };
  }

  synchronized Committed apply(LogCommand.Step step) {
    Change change = step.change();
    now = change.at().isAfter(now) ? change.at() : now;
    forget(step.replyMemory());
    Request request = new Request(change.key(), change.requestId());
    return find(request, change.fingerprint()).orElseGet(() -> applyNew(step, request));
  }

  private Committed applyNew(LogCommand.Step step, Request request) {
    Change change = step.change();
    KeyState present = applied(change.key());
    if (conflicts(change, present)) {
      return new Committed.Conflict(present.version());
    }
    if (!change.notices().isEmpty()
        && outbox.size() + change.notices().size() > step.outboxLimit()) {
      return new Committed.OutboxFull(step.outboxLimit());
    }
    replies.put(request, new Reply(change.fingerprint(), change.reply(), now));
    change.notices().forEach(notice -> outbox.put(++lastNotice, notice));
    if (change.nextState().isEmpty()) {
      return new Committed.Applied(present.version());
    }
    long version = present.version() + 1;
    keys.put(change.key(), new KeyState(change.key(), version, change.nextState()));
    return new Committed.Applied(version);
  }

  /** Whether another step of the key was applied since this one's worker saw its state. */
  private static boolean conflicts(Change change, KeyState present) {
    return present.version() != change.expectedVersion();
  }

  synchronized void delivered(List<Long> numbers) {
    numbers.forEach(outbox::remove);
  }

  private void forget(Duration memory) {
    Iterator<Map.Entry<Request, Reply>> oldest = replies.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Request, Reply> entry = oldest.next();
      if (!tooOld(entry.getValue(), now, memory)) {
        return;
      }
      forgotten.add(entry.getKey());
      oldest.remove();
    }
  }

  private static boolean tooOld(Reply reply, Instant now, Duration memory) {
    return Duration.between(reply.at(), now).compareTo(memory) > 0;
  }

  private Optional<Committed> find(Request request, byte[] fingerprint) {
    if (forgotten.contains(request)) {
      return Optional.of(new Committed.KeyForgotten());
    }
    return Optional.ofNullable(replies.get(request)).map(reply -> answer(reply, fingerprint));
  }

  private static Committed answer(Reply reply, byte[] fingerprint) {
    return Arrays.equals(reply.fingerprint(), fingerprint)
        ? new Committed.Repeated(reply.bytes())
        : new Committed.KeyReused();
  }

  synchronized Optional<Committed> remembered(
      String key, String requestId, byte[] fingerprint, Instant at, Duration memory) {
    Request request = new Request(key, requestId);
    Reply reply = replies.get(request);
    return reply != null && tooOld(reply, at, memory)
        ? Optional.of(new Committed.KeyForgotten())
        : find(request, fingerprint);
  }

  synchronized KeyState applied(String key) {
    KeyState state = keys.get(key);
    return state != null ? state : new KeyState(key, 0, Optional.empty());
  }

  synchronized int undelivered() {
    return outbox.size();
  }

  synchronized List<Undelivered> outbox(long after, int limit) {
    return outbox.tailMap(after, false).entrySet().stream()
        .limit(limit)
        .map(entry -> new Undelivered(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** All of it, in an order that depends on the state alone. */
  synchronized List<StateItem> items() {
    List<StateItem> items = new ArrayList<>(size());
    items.add(new StateItem.Head(now, lastNotice));
    keys.values().forEach(state -> items.add(new StateItem.Key(state)));
    replies.forEach((request, reply) -> items.add(new StateItem.Answered(request, reply)));
    forgotten.forEach(request -> items.add(new StateItem.Forgotten(request)));
    outbox.forEach((number, notice) -> items.add(new StateItem.Waiting(number, notice)));
    return items;
  }

  private int size() {
    return 1 + keys.size() + replies.size() + forgotten.size() + outbox.size();
  }

  /** All of it as one number. */
  StateChecksum checksum() {
    long at;
    List<StateItem> items;
    synchronized (this) {
      at = index;
      items = items();
    }
    return new StateChecksum(at, StateItem.checksum(items));
  }

  /** Replaces all of it by the state at an index. */
  synchronized void replaceBy(long snapshotIndex, Iterable<StateItem> items) {
    clear();
    index = snapshotIndex;
    for (StateItem item : items) {
      switch (item) {
        case StateItem.Head head -> {
          now = head.now();
          lastNotice = head.lastNotice();
        }
        case StateItem.Key key -> keys.put(key.state().key(), key.state());
        case StateItem.Answered answered -> replies.put(answered.request(), answered.reply());
        case StateItem.Forgotten gone -> forgotten.add(gone.request());
        case StateItem.Waiting waiting -> outbox.put(waiting.number(), waiting.notice());
      }
    }
  }

  synchronized void clear() {
    keys.clear();
    replies.clear();
    forgotten.clear();
    outbox.clear();
    lastNotice = 0;
    index = 0;
    now = Instant.EPOCH;
  }
}
