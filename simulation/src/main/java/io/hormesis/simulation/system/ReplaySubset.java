package io.hormesis.simulation.system;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which part of a seed's run happens. Everything is drawn from the whole plan first, so a number
 * means the same fault or request in every replay subset of a seed.
 *
 * @param faults numbers of the faults that happen, counted from 1; all when empty
 * @param requests the requests that are sent; all when empty
 * @param until the virtual time at which callers and faults end; that of the plan when empty
 */
public record ReplaySubset(
    Optional<SortedSet<Integer>> faults, Optional<Requests> requests, Optional<Duration> until) {

  /** All of it. */
  public static final ReplaySubset WHOLE =
      new ReplaySubset(Optional.empty(), Optional.empty(), Optional.empty());

  public ReplaySubset {
    faults = faults.map(TreeSet::new).map(Collections::unmodifiableSortedSet);
  }

  /**
   * Requests that follow each other.
   *
   * @param first number of the first, counted from 1
   * @param last number of the last; below the first when there is none
   */
  public record Requests(long first, long last) {

    /** No request at all. */
    public static final Requests NONE = new Requests(1, 0);

    public long count() {
      return Math.max(0, last - first + 1);
    }

    /** Those of them up to a number. */
    Requests upTo(long number) {
      return number < first ? NONE : new Requests(first, Math.min(last, number));
    }

    boolean has(long number) {
      return first <= number && number <= last;
    }
  }

  /** The same with these faults only. */
  public ReplaySubset onlyFaults(Collection<Integer> numbers) {
    return new ReplaySubset(Optional.of(new TreeSet<>(numbers)), requests, until);
  }

  /** The same with these requests only. */
  public ReplaySubset onlyRequests(Requests range) {
    return new ReplaySubset(faults, Optional.of(range), until);
  }

  /** The same up to a virtual time. */
  public ReplaySubset until(Duration time) {
    return new ReplaySubset(faults, requests, Optional.of(time));
  }

  boolean hasFault(int number) {
    return faults.isEmpty() || faults.get().contains(number);
  }

  boolean hasRequest(long number) {
    return requests.isEmpty() || requests.get().has(number);
  }

  /** When a run ends whose plan ends at a time. */
  Duration end(Duration planned) {
    return until.filter(it -> it.compareTo(planned) < 0).orElse(planned);
  }
}
