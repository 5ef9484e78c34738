package io.hormesis.trial;

import java.util.List;
import java.util.OptionalLong;

/**
 * The figures of one run, with the names and in the order of the published report format. Times are
 * in milliseconds unless the name says otherwise.
 *
 * @param seed draws the load and the faults
 * @param seconds how long load was sent
 * @param longestGapMillis the longest time from a request's intended send to the next real reply of
 *     that process or partition
 */
public record Report(
    Verdict verdict,
    long seed,
    double seconds,
    Requests requests,
    long longestGapMillis,
    Latency latencyMillis,
    Writes writes,
    List<Fault> faults) {

  public Report {
    faults = List.copyOf(faults);
  }

  /**
   * Requests by what became of them.
   *
   * @param sent by intended send time
   * @param replied real replies inside the deadline, a worker's own refusal included
   * @param defaultReplies default replies, declared or not
   * @param refused refused by the platform: certainly not done
   * @param unknown no reply inside the deadline
   * @param failed all that got no real reply inside the deadline, less declared default replies
   */
  public record Requests(
      long sent, long replied, long defaultReplies, long refused, long unknown, long failed) {}

  /** Percentiles of the time from intended send to reply; a failed request took its deadline. */
  public record Latency(double p50, double p99, double p999, double max) {}

  /**
   * Writes by what became of them, as read back at the end.
   *
   * @param lost acknowledged, but not found wherever it must be
   * @param doubled found more than once
   * @param unknown neither acknowledged nor refused: may be there once or not at all
   */
  public record Writes(long acknowledged, long lost, long doubled, long unknown) {}

  /**
   * One fault; the three times count from {@code at} and are empty where it did not happen.
   *
   * @param at since the load began
   * @param kind such as {@code kill}
   * @param target name of the server
   * @param met whether it really happened
   * @param detectedMillis first evidence on any server
   * @param reroutedMillis first real reply of every process and partition that the target served
   * @param repairedMillis full redundancy
   */
  public record Fault(
      long at,
      String kind,
      String target,
      boolean met,
      OptionalLong detectedMillis,
      OptionalLong reroutedMillis,
      OptionalLong repairedMillis) {}
}
