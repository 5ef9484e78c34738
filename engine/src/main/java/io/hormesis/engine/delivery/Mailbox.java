package io.hormesis.engine.delivery;

import io.hormesis.engine.overload.QueueDelay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What waits for the workers of one instance: bounded in messages and in bytes, one message of a
 * key at a time, keys in the order in which they came. What nobody waits for any more is dropped
 * before it costs anything (rule R3); what has waited too long in a queue that stands is refused
 * (R12), for those behind it can still be done in time.
 *
 * <p>A state machine. Not thread-safe.
 */
public final class Mailbox {
  private static final CallResult<byte[]> SHED =
      new CallResult.Refused<>(
          "", CallResult.Cause.OVERLOADED, "it waited too long in a queue that stands");
  private static final long TARGET_MILLIS = 100;
  private static final long INTERVAL_MILLIS = 500;

  private final int workers;
  private final int mostMessages;
  private final long mostBytes;
  private final Map<String, Deque<Letter>> waiting = new LinkedHashMap<>();
  private final Deque<String> ready = new ArrayDeque<>();
  private final Map<String, Next> busy = new LinkedHashMap<>();
  private final QueueDelay delay = new QueueDelay(TARGET_MILLIS, INTERVAL_MILLIS);
  private int messages;
  private long bytes;
  private long expired;

  /**
   * An empty mailbox.
   *
   * @param workers how many messages are handled at once
   * @param mostMessages how many may wait
   * @param mostBytes how many bytes of payload may wait
   */
  public Mailbox(int workers, int mostMessages, long mostBytes) {
    this.workers = workers;
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * Takes a message for a key; false when it is full.
   *
   * @param now in milliseconds of a monotonic clock
   * @param respond takes the response; never called for a message that is dropped
   */
  public boolean offer(
      String key, Envelope envelope, long now, Consumer<CallResult<byte[]>> respond) {
    if (messages >= mostMessages || bytes + envelope.payload().length > mostBytes) {
      return false;
    }
    messages++;
    bytes += envelope.payload().length;
    Deque<Letter> queue = waiting.computeIfAbsent(key, _ -> new ArrayDeque<>());
    queue.add(new Letter(envelope, now, now + envelope.leftMillis(), respond));
    if (queue.size() == 1 && !busy.containsKey(key)) {
      ready.add(key);
    }
    return true;
  }

  /** The next message that a worker may handle now; its key is busy until {@link #done}. */
  public Optional<Next> next(long now) {
    while (busy.size() < workers && !ready.isEmpty()) {
      String key = ready.remove();
      Letter letter = taken(key);
      boolean tooLate = delay.tooLate(now - letter.since(), now);
      if (letter.deadline() > now && !tooLate) {
        Next next = new Next(key, letter.envelope(), letter.deadline(), letter.respond());
        busy.put(key, next);
        return Optional.of(next);
      }
      if (letter.deadline() > now) {
        letter.respond().accept(SHED);
      } else {
        expired++;
      }
      if (waiting.containsKey(key)) {
        ready.add(key);
      }
    }
    return Optional.empty();
  }

  /** A worker has finished with a message; false when the message had been given up before. */
  public boolean done(Next next) {
    if (!busy.remove(next.key(), next)) {
      return false;
    }
    if (waiting.containsKey(next.key())) {
      ready.add(next.key());
    }
    return true;
  }

  /**
   * The messages whose workers have not come back though their deadline is over by so much. They
   * keep their keys busy until {@link #done}.
   */
  public List<Next> overdue(long now, long byMillis) {
    return busy.values().stream().filter(it -> it.deadline() + byMillis <= now).toList();
  }

  /** Takes out all that waits, so that it can be refused. */
  public List<Next> emptied() {
    List<Next> all = new ArrayList<>();
    for (String key : List.copyOf(waiting.keySet())) {
      while (waiting.containsKey(key)) {
        Letter letter = taken(key);
        all.add(new Next(key, letter.envelope(), letter.deadline(), letter.respond()));
      }
    }
    ready.clear();
    return all;
  }

  /** Whether a worker handles a message now. */
  public boolean working() {
    return !busy.isEmpty();
  }

  /** How many messages wait. */
  public int size() {
    return messages;
  }

  /** How many bytes of payload wait. */
  public long bytes() {
    return bytes;
  }

  /** How many messages were dropped because nobody waited for them any more. */
  public long expired() {
    return expired;
  }

  private Letter taken(String key) {
    Deque<Letter> queue = waiting.getOrDefault(key, new ArrayDeque<>());
    Letter letter = queue.remove();
    if (queue.isEmpty()) {
      waiting.remove(key);
    }
    messages--;
    bytes -= letter.envelope().payload().length;
    return letter;
  }

  private record Letter(
      Envelope envelope, long since, long deadline, Consumer<CallResult<byte[]>> respond) {}

  /**
   * A message, the key that it keeps busy, and who takes the response.
   *
   * @param deadline in milliseconds of the clock by which it was offered: after it nobody waits
   */
  public record Next(
      String key, Envelope envelope, long deadline, Consumer<CallResult<byte[]>> respond) {}
}
