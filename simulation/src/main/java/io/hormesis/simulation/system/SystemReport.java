package io.hormesis.simulation.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one seed showed.
 *
 * @param hash of everything that happened: the same for the same seed and plan
 * @param faultsMet planned faults that were met, by kind
 * @param requests that callers sent
 * @param acknowledged writes that callers were told are done
 * @param failed requests without a real reply in time
 * @param malformed of those, requests that were refused as such: drawn, but not valid
 * @param repeated replies that were heard once more under their key, and compared
 * @param wholeAfter from the end of faults to a whole system
 * @param violations what must not happen, in the order in which it was seen
 */
public record SystemReport(
    long seed,
    long hash,
    long events,
    Map<String, Integer> faultsMet,
    long requests,
    long acknowledged,
    long failed,
    long malformed,
    long repeated,
    Duration wholeAfter,
    List<Violation> violations) {

  public SystemReport {
    faultsMet = Map.copyOf(faultsMet);
    violations = List.copyOf(violations);
  }

  /** Whether it showed a violation of a kind. */
  public boolean violates(String kind) {
    return violations.stream().anyMatch(it -> it.kind().equals(kind));
  }

  /** How many planned faults were met. */
  public int faults() {
    return faultsMet.values().stream().mapToInt(Integer::intValue).sum();
  }
}
