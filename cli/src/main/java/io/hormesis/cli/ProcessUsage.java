package io.hormesis.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has taken of the processors since it began, by thread, as Linux tells it in {@code
 * /proc}. A process that has ended took nothing.
 *
 * @param cpuNanos of all its threads, ended ones included
 * @param threads those that live, by their numbers
 */
record ProcessUsage(long cpuNanos, Map<String, ThreadUsage> threads) {
  /** A tick of /proc, which is 10 ms on every Linux that Java runs on. */
  private static final long TICK_NANOS = 10_000_000;

  private static final Pattern SWITCHES =
      Pattern.compile("(?m)^voluntary_ctxt_switches:\\s*(\\d+)");
  private static final Pattern NUMBERED = Pattern.compile("[-#:@ _.]*\\d+[-_.]*$");

  /** One thread, or what a group of threads took together. */
  record ThreadUsage(String name, long cpuNanos, long voluntarySwitches) {

    ThreadUsage plus(ThreadUsage other) {
      return new ThreadUsage(
          name, cpuNanos + other.cpuNanos, voluntarySwitches + other.voluntarySwitches);
    }

    ThreadUsage minus(ThreadUsage before) {
      return new ThreadUsage(
          name, cpuNanos - before.cpuNanos, voluntarySwitches - before.voluntarySwitches);
    }
  }

  /** What a process has taken by now. */
  static ProcessUsage of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    Map<String, ThreadUsage> threads = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        thread(task, threads);
      }
      return new ProcessUsage(ticks(Files.readString(process.resolve("stat"))), threads);
    } catch (IOException ended) {
      return new ProcessUsage(0, Map.of());
    }
  }

  /** Whether this machine tells. */
  static boolean isTold() {
    return Files.exists(Path.of("/proc/self/task"));
  }

  /** What it took since an earlier look at the same process. */
  ProcessUsage since(ProcessUsage before) {
    Map<String, ThreadUsage> more = new HashMap<>();
    threads.forEach((number, thread) -> {
      ThreadUsage earlier = before.threads.get(number);
      more.put(number, earlier == null ? thread : thread.minus(earlier));
    });
    return new ProcessUsage(Math.max(0, cpuNanos - before.cpuNanos), more);
  }

  /** How often its threads went to sleep by themselves. */
  long voluntarySwitches() {
    return threads.values().stream().mapToLong(ThreadUsage::voluntarySwitches).sum();
  }

  /** The threads of several processes, added up under their names without numbers. */
  static Map<String, ThreadUsage> byGroup(List<ProcessUsage> processes) {
    Map<String, ThreadUsage> groups = new TreeMap<>();
    processes.stream()
        .flatMap(it -> it.threads.values().stream())
        .map(it -> new ThreadUsage(group(it.name()), it.cpuNanos(), it.voluntarySwitches()))
        .forEach(it -> groups.merge(it.name(), it, ThreadUsage::plus));
    return groups;
  }

  /**
   * The name of a thread without its number: {@code group-tax-desk-3} is {@code group-tax-desk}.
   */
  static String group(String name) {
    String group = NUMBERED.matcher(name).replaceFirst("");
    return group.isEmpty() ? name : group;
  }

  private static void thread(Path task, Map<String, ThreadUsage> threads) {
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      String nanos = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
      Matcher switches = SWITCHES.matcher(Files.readString(task.resolve("status")));
      threads.put(
          task.getFileName().toString(),
          new ThreadUsage(
              name,
              Long.parseLong(nanos.strip()),
              switches.find() ? Long.parseLong(switches.group(1)) : 0));
    } catch (IOException ended) {
      // It is in the time of its process all the same.
      threads.remove(task.getFileName().toString());
    }
  }

  /** User and system time, the 14th and 15th field; the second may hold spaces and brackets. */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
  }
}
