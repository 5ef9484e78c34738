package io.hormesis.simulation.group;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets each key's worker do one step at a time, as the platform does: what comes meanwhile waits,
 * up to a limit. Without it, steps that wait for the same version would commit conflicts only.
 */
final class KeyedSerializer {

  private static final int WAITING_LIMIT = 20;

  private final Map<String, Deque<Runnable>> serializer = new HashMap<>();

  /** Runs a step now or when the lane is free; false when too many wait. */
  boolean enter(String lane, Runnable step) {
    Deque<Runnable> waiting = serializer.get(lane);
    if (waiting == null) {
      serializer.put(lane, new ArrayDeque<>());
      step.run();
      return true;
    }
    return waiting.size() < WAITING_LIMIT && waiting.add(step);
  }

  /** The lane's step has ended; the next one runs. */
  void leave(String lane) {
    Deque<Runnable> waiting = serializer.getOrDefault(lane, new ArrayDeque<>());
    if (waiting.isEmpty()) {
      serializer.remove(lane);
    } else {
      waiting.remove().run();
    }
  }
}
