package io.hormesis.simulation.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of each ask, by its position, which way it goes, and walks through all combinations, the
 * last ask first. What a worker asks may depend on how earlier asks ended, so a position is known
 * only once a run has come to it.
 */
final class Script {
  static final int MOST_ASKS = 6;

  private final List<List<AskOutcome>> possible = new ArrayList<>();
  private final List<Integer> chosen = new ArrayList<>();
  private int position;
  private boolean cut;

  /** Which way the next ask goes; beyond {@value #MOST_ASKS} all go the first way. */
  AskOutcome next(List<AskOutcome> ways) {
    if (position == MOST_ASKS) {
      cut = true;
      return ways.getFirst();
    }
    if (position == chosen.size()) {
      possible.add(ways);
      chosen.add(0);
    }
    int choice = chosen.get(position);
    return possible.get(position++).get(choice);
  }

  /** Goes on to the next combination, from the first ask again; false when there is none. */
  boolean advance() {
    position = 0;
    while (!chosen.isEmpty()) {
      int next = chosen.getLast() + 1;
      if (next < possible.getLast().size()) {
        chosen.set(chosen.size() - 1, next);
        return true;
      }
      chosen.removeLast();
      possible.removeLast();
    }
    return false;
  }

  /** Whether a worker asked more often than is walked through. */
  boolean cut() {
    return cut;
  }
}
