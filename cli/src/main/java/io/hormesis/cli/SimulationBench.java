package io.hormesis.cli;

import com.sun.management.OperatingSystemMXBean;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.system.SimulatedSystem;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures what it costs to simulate a whole system without faults: ten minutes under a hundred
 * requests a second, and a minute under a small load by the number of servers; the start and the
 * reading back of all writes come on top.
 *
 * <p>Time is the CPU time of this whole process, its compiler and its collector included; memory is
 * what lives in the heap after a collection, while the simulated system still stands. All figures
 * are medians of the rounds, but for the first run of all: that of a new JVM, which has all to
 * compile yet.
 */
final class SimulationBench {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final int MUCH = 100;
  private static final int LITTLE = 10;
  private static final int COLLECTIONS = 3;
  private static final double MEGABYTE = 1 << 20;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final List<Size> SIZES =
      List.of(new Size(3, 2), new Size(3, 4), new Size(5, 5), new Size(5, 10), new Size(10, 10));

  private final SystemPlan plan;
  private final int rounds;

  SimulationBench(ApplicationJars application, int rounds) {
    this.plan =
        SystemPlan.of(application.application(), application.workload().orElseThrow())
            .faults(FaultProfile.CALM);
    this.rounds = rounds;
  }

  /** How many servers. */
  private record Size(int regions, int servers) {
    int all() {
      return regions * servers;
    }
  }

  /**
   * What one run took.
   *
   * @param judging seconds of its CPU time to read back and judge
   */
  private record Cost(double cpuSeconds, double judging, double heapBytes, double events) {}

  /** Measures and prints. */
  void run() {
    WorldThread.sideBySide(1);
    OwnLog.end();
    SystemPlan season = plan.load(MUCH, LONG);
    progress("ten minutes in a new JVM");
    Cost first = WorldThread.run(() -> measured(0, season));
    List<Cost> costs = rounds("ten minutes", season);
    print(
        "10 minutes of 6 servers at %d requests a second, %.0f events:%n",
        MUCH, median(costs, Cost::events));
    print(
        "%.2f s of CPU, %.2f s of it to read back and judge; %.2f s in a new JVM%n",
        median(costs, Cost::cpuSeconds), median(costs, Cost::judging), first.cpuSeconds());
    print("%n%7s  %22s  %22s  %21s%n", "", "a virtual minute", "of one server", "heap");
    print(
        "%7s  %10s  %10s  %10s  %10s  %10s  %9s%n",
        "servers", "events", "CPU s", "events", "CPU ms", "MB", "KB/server");
    for (Size size : SIZES) {
      row(size.all(), rounds(size.all() + " servers", small(size)));
    }
  }

  private SystemPlan small(Size size) {
    return plan.on(size.regions(), size.servers()).load(LITTLE, SHORT);
  }

  private List<Cost> rounds(String what, SystemPlan measured) {
    List<Cost> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      progress("%s, round %d of %d".formatted(what, round, rounds));
      long seed = round;
      costs.add(WorldThread.run(() -> measured(seed, measured)));
    }
    return costs;
  }

  private static Cost measured(long seed, SystemPlan plan) {
    long empty = liveBytes();
    long begun = SYSTEM.getProcessCpuTime();
    SimulatedSystem system = SimulatedSystem.start(seed, plan);
    system.pass(plan.lasts());
    long passed = SYSTEM.getProcessCpuTime();
    long full = liveBytes();
    long resumed = SYSTEM.getProcessCpuTime();
    SystemReport report = system.close();
    long closed = SYSTEM.getProcessCpuTime();
    if (!report.violations().isEmpty()) {
      throw new IllegalStateException(
          "a calm system must break no promise, but seed %d did: %s"
              .formatted(seed, report.violations()));
    }
    double judging = (closed - resumed) / 1e9;
    return new Cost((passed - begun) / 1e9 + judging, judging, full - empty, report.events());
  }

  /** One collection leaves something behind that the next ones free. */
  private static long liveBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void row(int servers, List<Cost> costs) {
    double events = median(costs, Cost::events);
    double seconds = median(costs, Cost::cpuSeconds);
    double bytes = median(costs, Cost::heapBytes);
    print(
        "%7d  %10.0f  %10.2f  %10.0f  %10.1f  %10.1f  %9.0f%n",
        servers,
        events,
        seconds,
        events / servers,
        seconds * 1000 / servers,
        bytes / MEGABYTE,
        bytes / 1024 / servers);
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    double[] sorted = costs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void print(String form, Object... values) {
    System.out.printf(Locale.ROOT, form, values);
  }

  private static void progress(String what) {
    System.err.println(what);
  }
}
