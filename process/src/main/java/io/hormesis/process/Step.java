package io.hormesis.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of a stateful worker: next state, reply, and notices to send. The engine makes the three
 * durable together before the reply leaves.
 *
 * @param next the new state; empty when it stays as it was
 * @param notices what others are told, in order
 */
public record Step<S>(Optional<S> next, Reply<?> reply, List<Notice> notices) {

  public Step {
    notices = List.copyOf(notices);
  }

  /** A step that changes nothing. */
  public static <S> Step<S> keep(Reply<?> reply) {
    return new Step<>(Optional.empty(), reply, List.of());
  }

  /** A step to a new state. */
  public static <S> Step<S> become(S next, Reply<?> reply) {
    return new Step<>(Optional.of(next), reply, List.of());
  }

  /** The same step, which also tells others. */
  public Step<S> telling(Notice... more) {
    List<Notice> all = new ArrayList<>(notices);
    all.addAll(List.of(more));
    return new Step<>(next, reply, all);
  }
}
