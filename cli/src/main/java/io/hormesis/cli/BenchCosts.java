package io.hormesis.cli;

import io.hormesis.trial.PhaseResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one load cost.
 *
 * @param result what became of the requests
 * @param millisByProcess CPU time for each offered request, by process
 * @param serverMillis the same of all servers together
 * @param switches voluntary context switches of the servers for each request
 * @param threads of the servers, by group of threads, the costliest first
 */
record BenchCosts(
    PhaseResult result,
    Map<String, Double> millisByProcess,
    double serverMillis,
    double switches,
    List<ThreadCost> threads) {
  static final String KEEPER = "keeper";
  static final String GENERATOR = "generator";

  /** What the threads of one kind of all servers took for each request. */
  record ThreadCost(String group, double millis, double switches) {}

  /** From what each process took while the load was sent. */
  static BenchCosts of(PhaseResult result, Map<String, ProcessUsage> took) {
    double requests = Math.max(1, result.offered());
    Map<String, Double> millis = new LinkedHashMap<>();
    took.forEach((name, usage) -> millis.put(name, usage.cpuNanos() / 1e6 / requests));
    List<ProcessUsage> servers = servers(took);
    List<ThreadCost> threads = new ArrayList<>();
    ProcessUsage.byGroup(servers)
        .forEach((group, usage) ->
            threads.add(
                new ThreadCost(
                    group,
                    usage.cpuNanos() / 1e6 / requests,
                    usage.voluntarySwitches() / requests)));
    threads.sort(Comparator.comparingDouble(ThreadCost::millis).reversed());
    return new BenchCosts(
        result,
        millis,
        seconds(servers) * 1_000 / requests,
        servers.stream().mapToLong(ProcessUsage::voluntarySwitches).sum() / requests,
        List.copyOf(threads));
  }

  /** What each process took between two looks. */
  static Map<String, ProcessUsage> between(
      Map<String, ProcessUsage> before, Map<String, ProcessUsage> after) {
    Map<String, ProcessUsage> took = new LinkedHashMap<>();
    after.forEach((name, usage) ->
        took.put(name, usage.since(before.getOrDefault(name, new ProcessUsage(0, Map.of())))));
    return took;
  }

  /** The servers alone. */
  static List<ProcessUsage> servers(Map<String, ProcessUsage> all) {
    return all.entrySet().stream()
        .filter(it -> !it.getKey().equals(KEEPER) && !it.getKey().equals(GENERATOR))
        .map(Map.Entry::getValue)
        .toList();
  }

  static double seconds(List<ProcessUsage> processes) {
    return processes.stream().mapToLong(ProcessUsage::cpuNanos).sum() / 1e9;
  }
}
