package io.hormesis.server;

import io.hormesis.engine.delivery.Target;
import io.hormesis.replication.Undelivered;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The delivery queue of an outbox: its notices by receiver, lowest number first. Each receiver gets
 * so many at once at most, so that one that takes nothing does not hold up what is meant for
 * others; nor does a long queue make the next step dear.
 *
 * <p>A state machine. Not thread-safe.
 */
final class OutboxQueue {
  private static final int MOST_TO_ONE_RECEIVER = 16;

  private final Map<Target, Receiver> receivers = new LinkedHashMap<>();
  private final Map<Long, Receiver> underWay = new HashMap<>();
  private long last;

  /** The highest number that was ever added. */
  long last() {
    return last;
  }

  /** A notice waits for its turn: a new one, or one that must be sent again. */
  void add(Undelivered notice, Target to) {
    receivers.computeIfAbsent(to, _ -> new Receiver()).waiting.put(notice.number(), notice);
    last = Math.max(last, notice.number());
  }

  /**
   * The next one to send, which is under way then; empty when none may be.
   *
   * @param window how many may be under way, to all receivers together
   */
  Optional<Undelivered> next(int window) {
    if (underWay.size() >= window) {
      return Optional.empty();
    }
    return receivers.values().stream()
        .filter(Receiver::mayTakeMore)
        .min(Comparator.comparing(it -> it.waiting.firstKey()))
        .map(this::take);
  }

  /** One is under way no more. */
  void ended(long number) {
    Receiver receiver = underWay.remove(number);
    if (receiver != null) {
      receiver.underWay--;
    }
  }

  private Undelivered take(Receiver receiver) {
    Undelivered next = receiver.waiting.pollFirstEntry().getValue();
    receiver.underWay++;
    underWay.put(next.number(), receiver);
    return next;
  }

  private static final class Receiver {
    final TreeMap<Long, Undelivered> waiting = new TreeMap<>();
    int underWay;

    boolean mayTakeMore() {
      return underWay < MOST_TO_ONE_RECEIVER && !waiting.isEmpty();
    }
  }
}
