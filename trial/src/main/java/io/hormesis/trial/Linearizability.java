package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides whether a history is linearizable: whether each key's operations can be put in one order
 * that its model allows and in which no operation comes after one that was invoked only when the
 * first had returned. Keys are judged one by one, which is as good as all together (Herlihy and
 * Wing: linearizability is local).
 *
 * <p>Operations that end and begin at the same time count as concurrent. One with an unknown
 * outcome may take its place anywhere after it was invoked, or nowhere.
 *
 * <p>Sources: Herlihy and Wing, Linearizability: a correctness condition for concurrent objects
 * (1990); Wing and Gong, Testing and verifying concurrent objects (1993); Lowe, Testing for
 * linearizability (2017), for the memory of visited configurations; the Porcupine checker, for the
 * partition by key and the list from which operations are lifted.
 */
public final class Linearizability {
  /** How many configurations are visited for one key at most, unless it is said otherwise. */
  public static final int LIMIT = 200_000;

  private Linearizability() {}

  /** What the check comes to. */
  public sealed interface Result {

    /** Every key has such an order. */
    record Linearizable() implements Result {}

    /**
     * A key has no such order.
     *
     * @param contradiction operations of that key that contradict each other, whatever became of
     *     the others: forget the output of any one of them, and there is no contradiction left
     *     among them (unless the work to find that out was too much)
     * @param others how many more operations that key has
     */
    record NotLinearizable(String key, List<RecordedOperation<?, ?>> contradiction, int others)
        implements Result {
      public NotLinearizable {
        contradiction = List.copyOf(contradiction);
      }

      /** The finding in one sentence. */
      public String sentence() {
        return "no order of its operations explains %s: %s%s"
            .formatted(
                key,
                contradiction.stream()
                    .map(RecordedOperation::toString)
                    .collect(Collectors.joining("; ")),
                switch (others) {
                  case 0 -> "";
                  case 1 -> ", whatever its other operation did";
                  default -> ", whatever its %d other operations did".formatted(others);
                });
      }
    }

    /**
     * Too much work: nobody can tell, which is never taken for linearizable.
     *
     * @param visited configurations that were visited for that key
     */
    record Undecided(String key, int visited) implements Result {}
  }

  /** Judges a history with the usual limit. */
  public static <S, I, O> Result check(
      Model<S, I, O> model, List<RecordedOperation<I, O>> history) {
    return check(model, history, LIMIT);
  }

  /**
   * Judges a history. A key that is not linearizable outweighs one that is undecided; of several
   * the first in the order of their names is told.
   *
   * @param limit how many configurations are visited for one key at most; each takes about 100
   *     bytes, and an eighth of a byte for each operation
   */
  public static <S, I, O> Result check(
      Model<S, I, O> model, List<RecordedOperation<I, O>> history, int limit) {
    Optional<Result> undecided = Optional.empty();
    for (Map.Entry<String, List<RecordedOperation<I, O>>> key : byKey(history).entrySet()) {
      var search = new OrderSearch<>(model, key.getValue(), limit);
      switch (search.run()) {
        case FOUND -> {}
        case NONE -> {
          return explained(model, key.getKey(), key.getValue(), limit);
        }
        case GAVE_UP ->
            undecided =
                undecided.or(
                    () -> Optional.of(new Result.Undecided(key.getKey(), search.visited())));
      }
    }
    return undecided.orElseGet(Result.Linearizable::new);
  }

  private static <S, I, O> Result explained(
      Model<S, I, O> model, String key, List<RecordedOperation<I, O>> operations, int limit) {
    List<RecordedOperation<I, O>> core = new Contradiction<>(model, operations, limit).core();
    return new Result.NotLinearizable(key, List.copyOf(core), operations.size() - core.size());
  }

  private static <I, O> Map<String, List<RecordedOperation<I, O>>> byKey(
      List<RecordedOperation<I, O>> history) {
    var keys = new TreeMap<String, List<RecordedOperation<I, O>>>();
    history.forEach(it -> keys.computeIfAbsent(it.key(), _ -> new ArrayList<>()).add(it));
    return keys;
  }
}
