package io.hormesis.simulation.system;

import io.hormesis.simulation.system.ReplaySubset.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Looks for a small replay subset of a run that still fails: first fewer faults, then a shorter
 * range of requests, then less time. Each time it leaves out a half, then smaller parts, and keeps
 * what still fails; and so on until a whole round finds nothing more.
 *
 * <p>The faults that are left are needed one by one, when tries allow; this is not the smallest set
 * of all, which would take too many tries (delta debugging: Zeller and Hildebrandt, Simplifying and
 * Isolating Failure-Inducing Input, TSE 2002).
 *
 * <p>It runs nothing itself, and is the same for the same answers.
 */
public final class Shrinker {
  private final Predicate<ReplaySubset> fails;
  private ReplaySubset smallest = ReplaySubset.WHOLE;

  /**
   * Shrinks by tries.
   *
   * @param fails tries a replay subset; when tries are used up it says no
   */
  public Shrinker(Predicate<ReplaySubset> fails) {
    this.fails = fails;
  }

  /**
   * The smallest replay subset found; the whole when nothing could be left out.
   *
   * @param faults how many the whole has
   * @param requests how many the whole has
   * @param end when the whole ends
   */
  public ReplaySubset shrink(int faults, long requests, Duration end) {
    ReplaySubset before;
    do {
      before = smallest;
      fewerFaults(before.faults().map(List::copyOf).orElseGet(() -> upTo(faults)));
      fewerRequests(before.requests().orElse(new Requests(1, requests)));
      lessTime(before.until().orElse(end));
      // Where a run fails by chance, another round may find what the one before missed.
    } while (!smallest.equals(before));
    return smallest;
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  private void fewerFaults(List<Integer> all) {
    if (all.isEmpty() || accepts(smallest.onlyFaults(List.of()))) {
      return;
    }
    List<Integer> left = all;
    for (int part = Math.ceilDiv(all.size(), 2); part > 0; part = smaller(part, left.size())) {
      left = without(left, part);
    }
  }

  private static int smaller(int part, int left) {
    return part == 1 ? 0 : Math.min(Math.ceilDiv(part, 2), Math.max(1, left / 2));
  }

  /** Leaves out one part after another where that is possible. */
  private List<Integer> without(List<Integer> faults, int part) {
    List<Integer> left = faults;
    int from = 0;
    while (from < left.size() && left.size() > 1) {
      List<Integer> fewer = new ArrayList<>(left);
      fewer.subList(from, Math.min(left.size(), from + part)).clear();
      if (accepts(smallest.onlyFaults(fewer))) {
        left = fewer;
      } else {
        from += part;
      }
    }
    return left;
  }

  private void fewerRequests(Requests all) {
    if (all.count() == 0 || accepts(smallest.onlyRequests(Requests.NONE))) {
      return;
    }
    long first = all.first();
    long last =
        least(first, all.last(), it -> accepts(smallest.onlyRequests(new Requests(first, it))));
    var _ =
        least(0, last - first, it -> accepts(smallest.onlyRequests(new Requests(last - it, last))));
  }

  /** In whole seconds. */
  private void lessTime(Duration end) {
    long seconds = Math.ceilDiv(end.toMillis(), 1000);
    var _ = least(1, seconds, it -> accepts(smallest.until(Duration.ofSeconds(it))));
  }

  /** Bisects: a number that does, and none was seen to do below it; {@code most} is known to do. */
  private static long least(long fewest, long most, LongPredicate does) {
    long low = fewest;
    long high = most;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (does.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return high;
  }

  private boolean accepts(ReplaySubset candidate) {
    boolean failed = fails.test(candidate);
    if (failed) {
      smallest = candidate;
    }
    return failed;
  }
}
