package io.hormesis.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a simulated world, and the queue of everything that is still to happen in it.
 *
 * <p>Events run one after another on the caller's thread, in the order of their time; those of the
 * same time in the order in which they were planned. No time goes by in between, so a minute of an
 * idle world costs nothing. An event that stands for work calls {@link #spend(long)}: what it plans
 * or sends after that happens so much later, though other events of that time run after it.
 *
 * <p>Not thread-safe: one world, one thread.
 */
public final class VirtualTime {

  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long now;
  private long spent;
  private long planned;
  private long events;

  /** Virtual nanoseconds since the world began, what the running event has spent included. */
  public long nanos() {
    return now + spent;
  }

  /** How many events have run. */
  public long events() {
    return events;
  }

  /** Lets the running event take so many nanoseconds. */
  public void spend(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("spend %d ns: time does not run back".formatted(nanos));
    }
    spent += nanos;
  }

  /** Plans an event for a time, which must not lie before {@link #nanos()}. */
  public void at(long nanos, Runnable event) {
    if (nanos < nanos()) {
      throw new IllegalArgumentException(
          "event at %d ns: it is %d ns already".formatted(nanos, nanos()));
    }
    queue.add(new Event(nanos, planned++, event));
  }

  /** Plans an event for so many nanoseconds from now. */
  public void after(long nanos, Runnable event) {
    at(nanos() + nanos, event);
  }

  /** Runs all events up to and including a time; then it is that time. */
  public void runUntil(long nanos) {
    @Nullable Event next = queue.peek();
    while (next != null && next.at <= nanos) {
      queue.remove();
      now = next.at;
      spent = 0;
      events++;
      next.action.run();
      next = queue.peek();
    }
    now = Math.max(now, nanos);
    spent = 0;
  }
}
