package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every order of every choice of a few operations: slow, and too simple to be wrong. */
final class EveryOrder<S, I, O> {
  private final Model<S, I, O> model;

  EveryOrder(Model<S, I, O> model) {
    this.model = model;
  }

  /** Whether some order explains the operations of one key. */
  boolean explains(List<RecordedOperation<I, O>> operations) {
    return explains(model.initial(), operations);
  }

  private boolean explains(S state, List<RecordedOperation<I, O>> left) {
    if (left.stream().allMatch(it -> it.reply().isEmpty())) {
      return true;
    }
    for (int i = 0; i < left.size(); i++) {
      RecordedOperation<I, O> first = left.get(i);
      Optional<S> next = model.step(state, first.input(), first.output());
      if (next.isPresent() && left.stream().noneMatch(it -> endsBefore(it, first))) {
        List<RecordedOperation<I, O>> rest = new ArrayList<>(left);
        rest.remove(i);
        if (explains(next.get(), rest)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean endsBefore(RecordedOperation<?, ?> one, RecordedOperation<?, ?> other) {
    return one.reply().isPresent() && one.reply().get().at() < other.invokedAt();
  }
}
