package io.hormesis.trial;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All that a trial found.
 *
 * @param report the figures, and the verdict
 * @param reasons why the verdict is what it is, a sentence each; empty when held
 * @param findings the first broken promises, a sentence each
 * @param failures the first failed requests, a sentence each
 * @param rawLatencyMillis latencies from when requests were handed to the client, not from when
 *     they were meant to be sent: the difference is the lag of the load generator itself
 * @param aways every place that a killed server served, and how long it was away
 * @param gapsMillis the longest gap of every process and partition
 */
public record TrialResult(
    Report report,
    List<String> reasons,
    List<String> findings,
    List<String> failures,
    Report.Latency rawLatencyMillis,
    List<Away> aways,
    Map<String, Long> gapsMillis) {

  public TrialResult {
    reasons = List.copyOf(reasons);
    findings = List.copyOf(findings);
    failures = List.copyOf(failures);
    aways = List.copyOf(aways);
    gapsMillis = Map.copyOf(gapsMillis);
  }

  /**
   * How long one place was away after a kill.
   *
   * @param at when the kill was, in milliseconds since the load began
   * @param target the server that was killed
   * @param place a process, or a partition such as {@code tax-desk/1}
   * @param repliedMillis from the kill to its first real reply to a later request
   * @param writtenMillis from the kill to its first acknowledged later write; of partitions only
   *     that the target led
   */
  public record Away(
      long at,
      String target,
      String place,
      OptionalLong repliedMillis,
      OptionalLong writtenMillis) {}
}
