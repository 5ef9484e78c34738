package io.hormesis.simulation.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one seed showed.
 *
 * @param hash of everything that happened: the same for the same seed and profile
 * @param faultsMet planned faults that were met, by kind
 * @param writes requests that clients were told are done
 * @param reads linearizable reads that were answered
 * @param wholeAfter from the end of faults to a whole world; empty in a world that never was
 * @param violations what must not happen, as sentences
 */
public record RunReport(
    long seed,
    long hash,
    long events,
    Map<String, Integer> faultsMet,
    int writes,
    long reads,
    long forces,
    long crashes,
    Duration wholeAfter,
    List<String> violations) {

  public RunReport {
    faultsMet = Map.copyOf(faultsMet);
    violations = List.copyOf(violations);
  }

  /** How many planned faults were met. */
  public int faults() {
    return faultsMet.values().stream().mapToInt(Integer::intValue).sum();
  }
}
