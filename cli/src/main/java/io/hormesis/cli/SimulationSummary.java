package io.hormesis.cli;

import io.hormesis.simulation.system.SystemReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What all seeds of a simulation showed together. It is printed once, when it is closed, or when
 * the program ends before that; no line of a trace is told after it.
 */
final class SimulationSummary implements AutoCloseable {
  private final PrintWriter out;
  private final Duration time;
  private final long begun = System.nanoTime();
  private final Map<String, Integer> faults = new TreeMap<>();
  private long seeds;
  private long violated;
  private long requests;
  private long acknowledged;
  private long failed;
  private long malformed;
  private Duration slowest = Duration.ZERO;
  private boolean printed;

  /**
   * Of no seed yet.
   *
   * @param time the virtual time of each
   */
  SimulationSummary(PrintWriter out, Duration time) {
    this.out = out;
    this.time = time;
  }

  synchronized void add(SystemReport report) {
    seeds++;
    violated += report.violations().isEmpty() ? 0 : 1;
    report.faultsMet().forEach((kind, times) -> faults.merge(kind, times, Integer::sum));
    requests += report.requests();
    acknowledged += report.acknowledged();
    failed += report.failed();
    malformed += report.malformed();
    slowest = slowest.compareTo(report.wholeAfter()) < 0 ? report.wholeAfter() : slowest;
  }

  synchronized long seeds() {
    return seeds;
  }

  synchronized long violated() {
    return violated;
  }

  /** Tells a line of a trace. */
  synchronized void tell(String line) {
    if (!printed) {
      out.println(line);
    }
  }

  /** Prints it, unless that was done before. */
  @Override
  public synchronized void close() {
    if (printed) {
      return;
    }
    printed = true;
    out.printf(
        Locale.ROOT,
        "%d %s of %.1f s of virtual time in %.1f s: %d violated%n",
        seeds,
        seeds == 1 ? "seed" : "seeds",
        time.toMillis() / 1000.0,
        (System.nanoTime() - begun) / 1e9,
        violated);
    out.printf(
        "%d requests, %d failed%s; %d writes acknowledged%n",
        requests,
        failed,
        malformed == 0 ? "" : " (%d as malformed)".formatted(malformed),
        acknowledged);
    out.printf("faults met: %s%n", faults.isEmpty() ? "none" : listed());
    out.printf("slowest recovery: %d ms of virtual time%n", slowest.toMillis());
    out.flush();
  }

  private String listed() {
    return faults.entrySet().stream()
        .map(it -> it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }
}
