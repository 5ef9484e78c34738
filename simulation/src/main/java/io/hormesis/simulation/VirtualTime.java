package io.hormesis.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one clock of a simulated world, and the queue of everything that is still to happen in it.
 *
 * <p>Events run one after another on the caller's thread, in the order of their time; those of the
 * same time in the order in which they were planned. No time goes by in between, so a minute of an
 * idle world costs nothing. An event that stands for work calls {@link #spend(long)}: what it plans
 * or sends after that happens so much later, though other events of that time run after it.
 *
 * <p>Not thread-safe but for {@link #events()}: one world, one thread.
 */
public final class VirtualTime {

  private final Agenda agenda = new Agenda();

  /** What was planned for the present moment itself, in it; it comes behind what was before. */
  private final Deque<Runnable> atOnce = new ArrayDeque<>();

  private long now;
  private long spent;
  private final AtomicLong events = new AtomicLong();

  /** Virtual nanoseconds since the world began, what the running event has spent included. */
  public long nanos() {
    return now + spent;
  }

  /** How many events have run; may be asked from any thread. */
  public long events() {
    return events.getOpaque();
  }

  /** Lets the running event take so many nanoseconds. */
  public void spend(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("spend %d ns: time does not run back".formatted(nanos));
    }
    spent += nanos;
  }

  /** Whether the running event has spent time, so that what it does now happens after it began. */
  public boolean ahead() {
    return spent > 0;
  }

  /** Plans an event for a time, which must not lie before {@link #nanos()}. */
  public void at(long nanos, Runnable event) {
    if (nanos < nanos()) {
      throw new IllegalArgumentException(
          "event at %d ns: it is %d ns already".formatted(nanos, nanos()));
    }
    plan(nanos, event);
  }

  private void plan(long nanos, Runnable event) {
    if (nanos == now) {
      atOnce.add(event);
    } else {
      agenda.add(nanos, event);
    }
  }

  /** Plans an event for so many nanoseconds from now. */
  public void after(long nanos, Runnable event) {
    at(nanos() + nanos, event);
  }

  /** Plans an event for so many nanoseconds from when the running one began, whatever it spent. */
  void sinceItBegan(long nanos, Runnable event) {
    if (nanos < 0) {
      throw new IllegalArgumentException("event %d ns ago: it is over".formatted(-nanos));
    }
    plan(now + nanos, event);
  }

  /** Runs all events up to and including a time; then it is that time. */
  public void runUntil(long nanos) {
    while (next(nanos)) {
      events.setOpaque(events.getPlain() + 1);
      spent = 0;
      (agenda.first() == now ? agenda.remove() : atOnce.remove()).run();
    }
    now = Math.max(now, nanos);
    spent = 0;
  }

  /** Goes on to the next event's time; false when that lies behind a limit. */
  private boolean next(long limit) {
    if (atOnce.isEmpty()) {
      if (agenda.first() > limit) {
        return false;
      }
      now = agenda.first();
    }
    return now <= limit;
  }

  /**
   * Events by their time: a binary heap with the keys in an array of their own, beside each other
   * in memory, for it is asked for every event.
   */
  private static final class Agenda {
    private static final long NEVER = Long.MAX_VALUE;

    private long[] times = new long[1024];
    private long[] numbers = new long[1024];
    private Runnable[] events = new Runnable[1024];
    private int size;
    private long planned;

    /** The time of the first event; far off when there is none. */
    long first() {
      return size == 0 ? NEVER : times[0];
    }

    void add(long time, Runnable event) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
        events = Arrays.copyOf(events, 2 * size);
      }
      int place = size++;
      long number = planned++;
      while (place > 0 && time < times[(place - 1) / 2]) { // the latest comes last at its time
        move((place - 1) / 2, place);
        place = (place - 1) / 2;
      }
      put(place, time, number, event);
    }

    Runnable remove() {
      Runnable first = events[0];
      int last = --size;
      sink(times[last], numbers[last], events[last]);
      events[last] = () -> {};
      return first;
    }

    private void sink(long time, long number, Runnable event) {
      int place = 0;
      int child = 1;
      while (child < size) {
        if (child + 1 < size && before(child + 1, times[child], numbers[child])) {
          child++;
        }
        if (!before(child, time, number)) {
          break;
        }
        move(child, place);
        place = child;
        child = 2 * place + 1;
      }
      put(place, time, number, event);
    }

    private boolean before(int place, long time, long number) {
      return times[place] < time || (times[place] == time && numbers[place] < number);
    }

    private void move(int from, int to) {
      put(to, times[from], numbers[from], events[from]);
    }

    private void put(int place, long time, long number, Runnable event) {
      times[place] = time;
      numbers[place] = number;
      events[place] = event;
    }
  }
}
