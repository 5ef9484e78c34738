package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A result as a short table for people, a line each. */
public final class ReportTable {
  private static final int FAILURES_SHOWN = 5;

  private ReportTable() {}

  /** The lines, without line ends. */
  public static List<String> lines(TrialResult result) {
    Report report = result.report();
    var lines = new ArrayList<String>();
    lines.add(row("requests", requests(report.requests())));
    lines.add(row("latency", latency(report.latencyMillis())));
    lines.add(row("", latency(result.rawLatencyMillis()) + " (from the actual send)"));
    lines.add(row("writes", writes(report.writes())));
    lines.add(row("longest gap", report.longestGapMillis() + " ms" + worstPlace(result)));
    for (Report.Fault fault : report.faults()) {
      lines.add(row(fault.kind() + " " + fault.target(), fault(fault)));
      result.aways().stream()
          .filter(it -> it.at() == fault.at() && it.target().equals(fault.target()))
          .forEach(it -> lines.add(row("", away(it))));
    }
    result.failures().stream().limit(FAILURES_SHOWN).forEach(it -> lines.add(row("failed", it)));
    result.findings().forEach(it -> lines.add(row("finding", it)));
    result.reasons().forEach(it -> lines.add(row("because", it)));
    lines.add(row("verdict", verdict(report)));
    return List.copyOf(lines);
  }

  private static String requests(Report.Requests it) {
    double share = it.sent() == 0 ? 0 : 100.0 * it.failed() / it.sent();
    return String.format(
        Locale.ROOT,
        "%d sent, %d replied, %d default replies, %d refused, %d unknown, %d failed (%.3f %%)",
        it.sent(),
        it.replied(),
        it.defaultReplies(),
        it.refused(),
        it.unknown(),
        it.failed(),
        share);
  }

  private static String latency(Report.Latency it) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms",
        it.p50(),
        it.p99(),
        it.p999(),
        it.max());
  }

  private static String writes(Report.Writes it) {
    return "%d acknowledged, %d lost, %d doubled, %d unknown"
        .formatted(it.acknowledged(), it.lost(), it.doubled(), it.unknown());
  }

  private static String fault(Report.Fault it) {
    return String.format(
        Locale.ROOT,
        "at %.1f s%s: seen after %s, rerouted after %s, whole again after %s",
        it.at() / 1_000.0,
        it.met() ? "" : " (not met)",
        millis(it.detectedMillis()),
        millis(it.reroutedMillis()),
        millis(it.repairedMillis()));
  }

  private static String away(TrialResult.Away it) {
    String written =
        it.writtenMillis().isPresent() ? ", first write after " + millis(it.writtenMillis()) : "";
    return "%s replied after %s%s".formatted(it.place(), millis(it.repliedMillis()), written);
  }

  private static String verdict(Report it) {
    return String.format(
        Locale.ROOT, "%s (seed %d, %.1f s)", it.verdict().word(), it.seed(), it.seconds());
  }

  private static String worstPlace(TrialResult result) {
    return result.gapsMillis().entrySet().stream()
        .filter(it -> it.getValue() == result.report().longestGapMillis())
        .map(it -> " (" + it.getKey() + ")")
        .sorted()
        .findFirst()
        .orElse("");
  }

  private static String millis(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() + " ms" : "never";
  }

  private static String row(String name, String text) {
    return "%-12s %s".formatted(name, text);
  }
}
