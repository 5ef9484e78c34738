package io.hormesis.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts requests by their outcome, and their latencies from the intended send. Thread-safe. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final Map<RequestOutcome, Long> outcomes = new EnumMap<>(RequestOutcome.class);
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private final Histogram rawMicros = new Histogram(LONGEST_MICROS, 3);
  private long sent;

  /** A request's intended send time has come. */
  synchronized void sent() {
    sent++;
  }

  /**
   * Counts an outcome.
   *
   * @param latencyNanos since the intended send
   * @param rawNanos since it was handed to the client: leaves out what a late generator hides
   */
  synchronized void ended(RequestOutcome outcome, long latencyNanos, long rawNanos) {
    outcomes.merge(outcome, 1L, Long::sum);
    micros.recordValue(Math.clamp(latencyNanos / 1_000, 1, LONGEST_MICROS));
    rawMicros.recordValue(Math.clamp(rawNanos / 1_000, 1, LONGEST_MICROS));
  }

  /** What is known by now; requests under way are in none of the counts but {@code sent}. */
  synchronized Report.Requests requests() {
    return new Report.Requests(
        sent,
        count(RequestOutcome.REPLIED),
        count(RequestOutcome.DEFAULT) + count(RequestOutcome.UNDECLARED_DEFAULT),
        count(RequestOutcome.REFUSED) + count(RequestOutcome.SHED),
        count(RequestOutcome.UNKNOWN),
        outcomes.keySet().stream().filter(RequestOutcome::failed).mapToLong(this::count).sum());
  }

  /** The end: whatever is under way still has failed. */
  synchronized Report.Requests total() {
    Report.Requests known = requests();
    long failed = sent - count(RequestOutcome.REPLIED) - count(RequestOutcome.DEFAULT);
    return new Report.Requests(
        sent,
        known.replied(),
        known.defaultReplies(),
        known.refused(),
        known.unknown() + failed - known.failed(),
        failed);
  }

  /** How many were refused at once, because more was asked than can be done. */
  synchronized long shed() {
    return count(RequestOutcome.SHED);
  }

  synchronized Report.Latency latency() {
    return percentiles(micros);
  }

  synchronized Report.Latency rawLatency() {
    return percentiles(rawMicros);
  }

  private static Report.Latency percentiles(Histogram micros) {
    return new Report.Latency(
        micros.getValueAtPercentile(50) / 1_000.0,
        micros.getValueAtPercentile(99) / 1_000.0,
        micros.getValueAtPercentile(99.9) / 1_000.0,
        micros.getMaxValue() / 1_000.0);
  }

  private long count(RequestOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
