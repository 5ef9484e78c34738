package io.hormesis.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts requests by their fate, and their latencies from the intended send. Thread-safe. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private long sent;

  /** A request's intended send time has come. */
  synchronized void sent() {
    sent++;
  }

  /** Counts a fate, with the time since the intended send. */
  synchronized void ended(Fate fate, long latencyNanos) {
    fates.merge(fate, 1L, Long::sum);
    micros.recordValue(Math.clamp(latencyNanos / 1_000, 1, LONGEST_MICROS));
  }

  synchronized Report.Requests requests() {
    return new Report.Requests(
        sent,
        count(Fate.REPLIED),
        count(Fate.DEFAULT) + count(Fate.UNDECLARED_DEFAULT),
        count(Fate.REFUSED),
        count(Fate.UNKNOWN),
        fates.keySet().stream().filter(Fate::failed).mapToLong(this::count).sum());
  }

  synchronized Report.Latency latency() {
    return new Report.Latency(
        millisAt(50), millisAt(99), millisAt(99.9), micros.getMaxValue() / 1_000.0);
  }

  private double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private long count(Fate fate) {
    return fates.getOrDefault(fate, 0L);
  }
}
