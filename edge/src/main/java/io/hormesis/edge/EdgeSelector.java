package io.hormesis.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which door is knocked at next: in turn, but not at one that failed within the last second, and
 * after that second at first with a single request. When all have failed, the one that has been
 * left alone longest. A state machine without clock: times are nanoseconds of any one clock.
 *
 * @param doors the state of each
 * @param turn whose turn it is
 */
record EdgeSelector(List<Door> doors, int turn) {
  static final Duration REST = Duration.ofSeconds(1);

  EdgeSelector {
    doors = List.copyOf(doors);
  }

  static EdgeSelector open(int count, int first) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "edges must be at least 1, but were %d: name one".formatted(count));
    }
    return new EdgeSelector(Collections.nCopies(count, Door.OPEN), first);
  }

  /**
   * One door.
   *
   * @param failed whether the last that is known of it is a failure
   * @param restsUntil until when it is left alone then
   */
  record Door(boolean failed, long restsUntil) {
    static final Door OPEN = new Door(false, 0);

    boolean rests(long now) {
      return failed && restsUntil - now > 0;
    }
  }

  /** The door that was chosen, and the doors after that. */
  record Choice(int door, EdgeSelector after) {}

  /**
   * Chooses a door for a request.
   *
   * @param tried where this request has been already: chosen again only when all others rest
   */
  Choice choose(Set<Integer> tried, long now) {
    List<Integer> inTurn =
        IntStream.range(0, doors.size()).map(it -> (turn + it) % doors.size()).boxed().toList();
    int chosen =
        inTurn.stream()
            .filter(it -> !doors.get(it).rests(now) && !tried.contains(it))
            .findFirst()
            .or(() -> inTurn.stream().filter(it -> !doors.get(it).rests(now)).findFirst())
            .orElseGet(() -> longestLeftAlone(inTurn, tried, now));
    Door door = doors.get(chosen);
    EdgeSelector turned = new EdgeSelector(doors, (chosen + 1) % doors.size());
    return new Choice(chosen, door.failed() ? turned.failed(chosen, now) : turned);
  }

  /** A request failed at a door. */
  EdgeSelector failed(int door, long now) {
    return with(door, new Door(true, now + REST.toNanos()));
  }

  /** A reply came from a door, whatever it said. */
  EdgeSelector replied(int door) {
    return with(door, Door.OPEN);
  }

  /** Whether the last that is known of each is a failure. */
  boolean allFailed() {
    return doors.stream().allMatch(Door::failed);
  }

  /**
   * The doors of another list.
   *
   * @param former for each of them its number in this one, or -1
   */
  EdgeSelector changed(List<Integer> former) {
    return new EdgeSelector(
        former.stream().map(it -> it < 0 ? Door.OPEN : doors.get(it)).toList(),
        turn % former.size());
  }

  private int longestLeftAlone(List<Integer> inTurn, Set<Integer> tried, long now) {
    Comparator<Integer> untriedFirst = Comparator.comparing(tried::contains);
    return Collections.min(
        inTurn,
        untriedFirst.thenComparing(
            Comparator.comparingLong(it -> doors.get(it).restsUntil() - now)));
  }

  private EdgeSelector with(int index, Door door) {
    if (doors.get(index).equals(door)) {
      return this;
    }
    List<Door> changed = new ArrayList<>(doors);
    changed.set(index, door);
    return new EdgeSelector(changed, turn);
  }
}
