package io.hormesis.trial;

import java.util.List;
import java.util.Map;

/**
 * All that a trial found.
 *
 * @param report the figures, and the verdict
 * @param reasons why the verdict is what it is, a sentence each; empty when held
 * @param findings the first broken promises, a sentence each
 * @param gapsMillis the longest gap of every process and partition
 */
public record TrialResult(
    Report report, List<String> reasons, List<String> findings, Map<String, Long> gapsMillis) {

  public TrialResult {
    reasons = List.copyOf(reasons);
    findings = List.copyOf(findings);
    gapsMillis = Map.copyOf(gapsMillis);
  }
}
