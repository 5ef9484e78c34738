package io.hormesis.cli;

import io.hormesis.trial.PhaseResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a system can do on this machine, and what that costs.
 *
 * @param capacity requests a second, the highest load of which 99.9 % were answered; 0: none
 * @param notHeld the lowest load of which they were not; 0: none was found
 * @param processors of this machine
 * @param steps every load that was tried, in turn
 * @param idlePercent what each process takes of a core while nothing is asked
 * @param idleServersPercent what all servers take together then
 * @param atHundred the cost at 100 requests a second
 * @param atSeventyPercent the cost at 70 % of the capacity
 */
record CapacityReport(
    int capacity,
    int notHeld,
    int processors,
    List<PhaseResult> steps,
    Map<String, Double> idlePercent,
    double idleServersPercent,
    BenchCosts atHundred,
    BenchCosts atSeventyPercent) {

  /** For people. */
  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "capacity   %d requests/s (99.9 %% answered by real replies within 2 s, no retries; not at %d/s; %d processors)%n%n",
        capacity,
        notHeld,
        processors);
    out.printf(
        "%-12s %9s %9s %9s %9s %10s %8s%n",
        "LOAD", "GOOD", "GOOD %", "P50 ms", "P99 ms", "LAG99 ms", "CPU ms");
    row(out, atHundred);
    row(out, atSeventyPercent);
    for (PhaseResult step : steps) {
      row(out, step, "");
    }
    out.printf(Locale.ROOT, "%nidle       %.1f %% of a core for all servers%n", idleServersPercent);
    out.printf("%n%-12s %9s %12s %12s%n", "PROCESS", "IDLE %", "ms at 100/s", "ms at 70 %");
    idlePercent.forEach((name, percent) ->
        out.printf(
            Locale.ROOT,
            "%-12s %9.1f %12.3f %12.3f%n",
            name,
            percent,
            atHundred.millisByProcess().getOrDefault(name, 0.0),
            atSeventyPercent.millisByProcess().getOrDefault(name, 0.0)));
    threads(out, "100/s", atHundred);
    threads(out, atSeventyPercent.result().phase().perSecond() + "/s", atSeventyPercent);
  }

  private static void row(PrintWriter out, BenchCosts costs) {
    row(out, costs.result(), String.format(Locale.ROOT, "%.3f", costs.serverMillis()));
  }

  private static void row(PrintWriter out, PhaseResult step, String cpu) {
    out.printf(
        Locale.ROOT,
        "%-12s %9d %9.2f %9.1f %9.1f %10.1f %8s%n",
        step.phase().perSecond() + "/s",
        step.good(),
        100.0 * step.good() / Math.max(1, step.offered()),
        step.p50(),
        step.p99(),
        step.lagP99(),
        cpu);
  }

  private static void threads(PrintWriter out, String load, BenchCosts costs) {
    out.printf(
        Locale.ROOT,
        "%nservers at %s: %.3f ms and %.1f voluntary switches a request%n",
        load,
        costs.serverMillis(),
        costs.switches());
    out.printf("%-18s %9s %6s %9s%n", "THREADS", "ms", "%", "switches");
    double all = Math.max(costs.serverMillis(), 1e-9);
    costs.threads().stream()
        .filter(it -> it.millis() / all > 0.005 || it.switches() > 0.5)
        .forEach(it ->
            out.printf(
                Locale.ROOT,
                "%-18s %9.3f %6.1f %9.1f%n",
                it.group(),
                it.millis(),
                100 * it.millis() / all,
                it.switches()));
  }
}
