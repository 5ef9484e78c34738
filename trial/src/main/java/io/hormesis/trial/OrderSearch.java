package io.hormesis.trial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of one key's operations that its model allows. For one use.
 *
 * <p>All invocations and returns lie in a list in the order of their times. From its head on, the
 * first invocation that the model allows now is taken as the next operation and lifted out with its
 * return. A return that is met says that its operation had to come before: the last choice is taken
 * back, and the next invocation after it is tried. A configuration (which operations are placed,
 * and the state that this led to) is visited once: what follows from it does not depend on the way
 * there.
 */
final class OrderSearch<S, I, O> {
  /** How a search ended. */
  enum End {
    FOUND,
    NONE,
    GAVE_UP
  }

  private final Model<S, I, O> model;
  private final List<RecordedOperation<I, O>> operations;
  private final int limit;
  private final Event head = new Event(-1, false);
  private final BitSet placed = new BitSet();
  private final Set<Configuration<S>> visited = new HashSet<>();
  private final Deque<Choice<S>> choices = new ArrayDeque<>();
  private S state;
  private int mustBePlaced;

  /**
   * A search.
   *
   * @param operations of one key, in any order
   * @param limit how many configurations are visited at most
   */
  OrderSearch(Model<S, I, O> model, List<RecordedOperation<I, O>> operations, int limit) {
    this.model = model;
    this.operations = operations;
    this.limit = limit;
    state = model.initial();
    link();
  }

  /** Searches until an order is found, none can be there, or the limit is reached. */
  End run() {
    Event at = head.next;
    while (mustBePlaced > 0) {
      if (visited.size() >= limit) {
        return End.GAVE_UP;
      }
      if (at != null && at.invocation) {
        at = place(at) ? head.next : at.next;
      } else if (choices.isEmpty()) {
        return End.NONE;
      } else {
        at = takeBack().next;
      }
    }
    return End.FOUND;
  }

  /** How many configurations were visited. */
  int visited() {
    return visited.size();
  }

  private boolean place(Event invocation) {
    RecordedOperation<I, O> operation = operations.get(invocation.operation);
    Optional<S> next = model.step(state, operation.input(), operation.output());
    boolean known = operation.reply().isPresent();
    // To place an operation that nobody heard of and that changes nothing would prove nothing.
    if (next.isEmpty() || (!known && next.get().equals(state))) {
      return false;
    }
    placed.set(invocation.operation);
    if (!visited.add(new Configuration<>((BitSet) placed.clone(), next.get()))) {
      placed.clear(invocation.operation);
      return false;
    }
    choices.push(new Choice<>(invocation, state));
    state = next.get();
    invocation.lift();
    mustBePlaced -= known ? 1 : 0;
    return true;
  }

  private Event takeBack() {
    Choice<S> last = choices.pop();
    state = last.before();
    placed.clear(last.invocation().operation);
    last.invocation().putBack();
    mustBePlaced += last.invocation().counterpart != null ? 1 : 0;
    return last.invocation();
  }

  /** Puts all events in order; at the same time invocations come first: such are concurrent. */
  private void link() {
    record Moment(long at, Event event) {}
    var moments = new ArrayList<Moment>();
    for (int i = 0; i < operations.size(); i++) {
      var invocation = new Event(i, true);
      moments.add(new Moment(operations.get(i).invokedAt(), invocation));
      var reply = operations.get(i).reply();
      if (reply.isPresent()) {
        invocation.counterpart = new Event(i, false);
        moments.add(new Moment(reply.get().at(), invocation.counterpart));
        mustBePlaced++;
      }
    }
    moments.sort(
        Comparator.comparingLong(Moment::at)
            .thenComparingInt(it -> it.event().invocation ? 0 : 1)
            .thenComparingInt(it -> it.event().operation));
    Event last = head;
    for (Moment moment : moments) {
      last.next = moment.event();
      moment.event().previous = last;
      last = moment.event();
    }
  }

  private record Configuration<S>(BitSet placed, S state) {}

  private record Choice<S>(Event invocation, S before) {}

  /** The invocation or the return of one operation. */
  private static final class Event {
    private final int operation;
    private final boolean invocation;
    private @Nullable Event counterpart; // the return, if there is one
    private @Nullable Event previous;
    private @Nullable Event next;

    Event(int operation, boolean invocation) {
      this.operation = operation;
      this.invocation = invocation;
    }

    void lift() {
      unlink(this);
      if (counterpart != null) {
        unlink(counterpart);
      }
    }

    /** Undoes the last lift, in reverse. */
    void putBack() {
      if (counterpart != null) {
        relink(counterpart);
      }
      relink(this);
    }

    private static void unlink(Event event) {
      if (event.previous != null) {
        event.previous.next = event.next;
      }
      if (event.next != null) {
        event.next.previous = event.previous;
      }
    }

    private static void relink(Event event) {
      if (event.previous != null) {
        event.previous.next = event;
      }
      if (event.next != null) {
        event.next.previous = event;
      }
    }
  }
}
