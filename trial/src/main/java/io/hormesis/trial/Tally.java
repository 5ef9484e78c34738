package io.hormesis.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts requests by their ending, and their latencies from the intended send. Thread-safe. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private long sent;

  /** A request's intended send time has come. */
  synchronized void sent() {
    sent++;
  }

  /** Counts an ending, with the time since the intended send. */
  synchronized void ended(Ending ending, long latencyNanos) {
    endings.merge(ending, 1L, Long::sum);
    micros.recordValue(Math.clamp(latencyNanos / 1_000, 1, LONGEST_MICROS));
  }

  synchronized Report.Requests requests() {
    return new Report.Requests(
        sent,
        count(Ending.REPLIED),
        count(Ending.DEFAULT) + count(Ending.UNDECLARED_DEFAULT),
        count(Ending.REFUSED),
        count(Ending.UNKNOWN),
        endings.keySet().stream().filter(Ending::failed).mapToLong(this::count).sum());
  }

  synchronized Report.Latency latency() {
    return new Report.Latency(
        millisAt(50), millisAt(99), millisAt(99.9), micros.getMaxValue() / 1_000.0);
  }

  private double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private long count(Ending ending) {
    return endings.getOrDefault(ending, 0L);
  }
}
