package io.hormesis.trial;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How busy the processors of this machine were: what a load cannot tell from a slow system.
 *
 * @param count how many there are
 * @param busy the share of their time, from 0 to 1, that all programs together took; negative where
 *     the operating system does not tell
 */
record Processors(int count, double busy) {

  /** From here on nothing can be told of the system that is not true of the machine. */
  private static final double SATURATED = 0.9;

  /** Begins to watch; the next {@link #sinceWatched()} tells of the time from here on. */
  static void watch() {
    var _ = sinceWatched();
  }

  /** How busy they were since the last call of this or of {@link #watch()} in this JVM. */
  static Processors sinceWatched() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Processors(Runtime.getRuntime().availableProcessors(), system.getCpuLoad());
  }

  /** Whether there was hardly any time left. */
  boolean saturated() {
    return busy >= SATURATED;
  }

  /** For people, such as {@code 2 processors were 97 % busy}; of use where it is told. */
  String text() {
    String were = count == 1 ? "1 processor was" : count + " processors were";
    return String.format(Locale.ROOT, "%s %.0f %% busy", were, 100 * busy);
  }
}
