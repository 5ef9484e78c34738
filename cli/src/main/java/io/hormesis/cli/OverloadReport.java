package io.hormesis.cli;

import io.hormesis.trial.PhaseResult;
import io.hormesis.trial.ReadBackResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What becomes of a system that is asked more than it can do.
 *
 * @param capacity requests a second that it can do
 * @param surges one for each multiple of that
 * @param readBack the acknowledged writes of all of them
 */
record OverloadReport(int capacity, List<Surge> surges, ReadBackResult readBack) {

  /**
   * One surge, and the time after it at 70 % of the capacity.
   *
   * @param factor how many times the capacity was offered
   * @param goodput real replies inside the deadline, a second
   * @param ratio of goodput to capacity
   * @param refusedPercent refused at once
   * @param failedPercent neither answered nor refused at once
   * @param answeredAgainMillis from the end of the surge until 99.9 % were answered again; empty:
   *     not while it was watched
   * @param leadersLost partitions that were seen with another leader than before
   * @param serverCores what the servers took, in processors
   * @param generatorCores what the generator took, in processors
   * @param refusalMicros CPU time of the servers for a refusal, when enough were refused to tell:
   *     what they took less what the answered requests cost at 70 % of the capacity
   */
  record Surge(
      double factor,
      PhaseResult surge,
      PhaseResult after,
      double goodput,
      double ratio,
      double refusedPercent,
      double failedPercent,
      OptionalLong answeredAgainMillis,
      int leadersLost,
      double serverCores,
      double generatorCores,
      OptionalDouble refusalMicros) {}

  /** For people. */
  void print(PrintWriter out) {
    out.printf("capacity   %d requests/s%n%n", capacity);
    out.printf(
        "%-8s %8s %8s %6s %9s %9s %9s %12s %8s %8s %10s %11s%n",
        "OFFERED",
        "/s",
        "GOODPUT",
        "RATIO",
        "P99 ms",
        "REFUSED",
        "FAILED",
        "WHOLE AGAIN",
        "LEADERS",
        "SERVERS",
        "GENERATOR",
        "REFUSAL µs");
    surges.forEach(it -> row(out, it));
    out.println();
    surges.forEach(it -> failures(out, it.factor() + "x", it.surge()));
    surges.forEach(it -> failures(out, "after " + it.factor() + "x", it.after()));
    out.printf(
        "%nwrites     %d acknowledged, %d looked for: %d lost, %d doubled, %d unreadable%n",
        readBack.acknowledged(),
        readBack.looked(),
        readBack.lost(),
        readBack.doubled(),
        readBack.unreadable());
  }

  private static void row(PrintWriter out, Surge it) {
    out.printf(
        Locale.ROOT,
        "%-8s %8d %8.0f %6.2f %9.0f %8.1f%% %8.1f%% %12s %8s %8.2f %10.2f %11s%n",
        String.format(Locale.ROOT, "%.1fx", it.factor()),
        it.surge().offered() * 1_000 / it.surge().phase().millis(),
        it.goodput(),
        it.ratio(),
        it.surge().p99(),
        it.refusedPercent(),
        it.failedPercent(),
        it.answeredAgainMillis().isPresent()
            ? it.answeredAgainMillis().getAsLong() + " ms"
            : "not in " + it.after().phase().millis() / 1_000 + " s",
        it.leadersLost() + " lost",
        it.serverCores(),
        it.generatorCores(),
        it.refusalMicros().isPresent()
            ? String.format(Locale.ROOT, "%.0f", it.refusalMicros().getAsDouble())
            : "-");
  }

  private static void failures(PrintWriter out, String when, PhaseResult surge) {
    out.printf(
        Locale.ROOT,
        "%s: %d good, %d refused at once; failed: %d timed out, %d unsent (no free connection), %d unknown (504), %d refused late, %d default replies, %d broken, %d untrue; refusals p99 %.0f ms; generator late p99 %.0f ms%n",
        when,
        surge.good(),
        surge.refusedAtOnce(),
        surge.timedOut(),
        surge.unsent(),
        surge.unknown(),
        surge.refusedLate(),
        surge.defaultReplies(),
        surge.broken(),
        surge.untrue(),
        surge.refusalP99(),
        surge.lagP99());
  }
}
