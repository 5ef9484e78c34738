package io.hormesis.mutation;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The seeds that were tried against a mutant until one showed it.
 *
 * @param tried seeds, from 1 on
 * @param finders what those of them saw that found it
 */
public record MutantHunt(int tried, SortedMap<Long, List<String>> finders) {
  private static final int TOGETHER = 2;

  /**
   * Runs seeds from 1 on, until one shows the mutant or so many are done.
   *
   * @param shows whether a broken promise comes of this mutant
   */
  public static MutantHunt run(SeedRunner seeds, int most, Predicate<String> shows)
      throws InterruptedException {
    SortedMap<Long, List<String>> finders = new TreeMap<>();
    int tried = 0;
    while (finders.isEmpty() && tried < most) {
      for (Map.Entry<Long, List<String>> seed : seeds.violations(1L + tried, TOGETHER).entrySet()) {
        List<String> seen = seed.getValue().stream().filter(shows).toList();
        if (!seen.isEmpty()) {
          finders.put(seed.getKey(), seen);
        }
      }
      tried += TOGETHER;
    }
    return new MutantHunt(tried, finders);
  }

  @Override
  public String toString() {
    return "found in %d of the first %d seeds: %s"
        .formatted(finders.size(), tried, finders.keySet());
  }
}
