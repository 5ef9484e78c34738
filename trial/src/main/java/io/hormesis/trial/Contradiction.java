package io.hormesis.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the few operations that a history without an order fails on. First the shortest beginning
 * that has no order: what came later cannot be needed. Then the output of one operation after the
 * other is forgotten, as if its outcome were unknown, as long as there is still no order. To forget
 * makes a history only easier to explain, so what is left contradicts itself, whatever the others
 * did. (To leave an operation out would not do: what it wrote may have been read.)
 *
 * <p>The work is limited; where it ends early, more operations than necessary are left.
 */
final class Contradiction<S, I, O> {
  /** All searches together visit at most so many times what one search may. */
  private static final int WORK = 10;

  private final Model<S, I, O> model;
  private final List<RecordedOperation<I, O>> operations;
  private final int limit;
  private long work;

  /**
   * The contradiction in some operations.
   *
   * @param operations of one key; known to have no order
   */
  Contradiction(Model<S, I, O> model, List<RecordedOperation<I, O>> operations, int limit) {
    this.model = model;
    this.operations = operations;
    this.limit = limit;
    work = (long) WORK * limit;
  }

  /** The operations whose outputs contradict each other, in the order of their invocations. */
  List<RecordedOperation<I, O>> core() {
    List<RecordedOperation<I, O>> left = new ArrayList<>(shortestBeginning());
    left.sort(Comparator.comparingLong(RecordedOperation::invokedAt));
    for (int i = left.size() - 1; i >= 0; i--) {
      RecordedOperation<I, O> whole = left.get(i);
      left.set(i, whole.forgotten());
      if (whole.reply().isPresent() && !hasNoOrder(left)) {
        left.set(i, whole);
      }
    }
    return left.stream().filter(it -> it.reply().isPresent()).toList();
  }

  private List<RecordedOperation<I, O>> shortestBeginning() {
    long[] returns =
        operations.stream()
            .flatMap(it -> it.reply().stream())
            .mapToLong(RecordedOperation.Told::at)
            .sorted()
            .toArray();
    int low = 0;
    int high = returns.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hasNoOrder(until(returns[middle]))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return until(returns[high]);
  }

  /** What was known at a time: what had not returned by then was of unknown outcome. */
  private List<RecordedOperation<I, O>> until(long end) {
    return operations.stream()
        .filter(it -> it.invokedAt() <= end)
        .map(it -> it.reply().filter(told -> told.at() <= end).isPresent() ? it : it.forgotten())
        .toList();
  }

  private boolean hasNoOrder(List<RecordedOperation<I, O>> some) {
    if (work <= 0) {
      return false;
    }
    var search = new OrderSearch<>(model, some, limit);
    OrderSearch.End end = search.run();
    work -= search.visited() + 1;
    return end == OrderSearch.End.NONE;
  }
}
