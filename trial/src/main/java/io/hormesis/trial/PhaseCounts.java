package io.hormesis.trial;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what becomes of the requests of one phase. For one thread. */
final class PhaseCounts {
  /** Within this time a refusal is one that costs its caller nothing. */
  static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final long WINDOW_MILLIS = 100;
  private static final long LEAST_MILLIS = 1_000;

  /** How a request ended. */
  enum Ending {
    GOOD,
    REFUSED_AT_ONCE,
    REFUSED_LATE,
    DEFAULT_REPLY,
    UNKNOWN,
    TIMED_OUT,
    UNSENT,
    BROKEN
  }

  private final LoadPhase phase;
  private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
  private final BitSet good = new BitSet();
  private final Histogram goodMicros = new Histogram(LONGEST_MICROS, 3);
  private final Histogram refusalMicros = new Histogram(LONGEST_MICROS, 3);
  private final Histogram lagMicros = new Histogram(LONGEST_MICROS, 3);
  private final long cpuBefore = ownCpuNanos();
  private long cpuNanos;
  private int offered;
  private long accepted;
  private long untrue;

  PhaseCounts(LoadPhase phase) {
    this.phase = phase;
  }

  /** The next request's time has come; {@code lagNanos} ago. */
  void offered(long lagNanos) {
    offered++;
    lagMicros.recordValue(micros(lagNanos));
  }

  /** A request ended; {@code number} counts those of this phase from 0. */
  void ended(int number, Ending ending, long latencyNanos) {
    endings.merge(ending, 1L, Long::sum);
    if (ending == Ending.GOOD) {
      good.set(number);
      goodMicros.recordValue(micros(latencyNanos));
    } else if (ending == Ending.REFUSED_AT_ONCE) {
      refusalMicros.recordValue(micros(latencyNanos));
    }
  }

  void accepted() {
    accepted++;
  }

  void untrue() {
    untrue++;
  }

  /** The last request was sent: what the generator takes from here on is for the next phase. */
  void sent() {
    cpuNanos = ownCpuNanos() - cpuBefore;
  }

  PhaseResult result() {
    return new PhaseResult(
        phase,
        offered,
        count(Ending.GOOD),
        count(Ending.REFUSED_AT_ONCE),
        count(Ending.REFUSED_LATE),
        count(Ending.DEFAULT_REPLY),
        count(Ending.UNKNOWN),
        count(Ending.TIMED_OUT),
        count(Ending.UNSENT),
        count(Ending.BROKEN),
        untrue,
        accepted,
        millis(goodMicros, 50),
        millis(goodMicros, 99),
        millis(goodMicros, 100),
        millis(refusalMicros, 99),
        millis(lagMicros, 99),
        cpuNanos / 1e9,
        answeredAgain());
  }

  private long count(Ending ending) {
    return endings.getOrDefault(ending, 0L);
  }

  /** The earliest window from which on 99.9 % of all that was sent until the end were good. */
  private OptionalLong answeredAgain() {
    OptionalLong earliest = OptionalLong.empty();
    for (long from = Math.max(0, phase.millis() - LEAST_MILLIS); from >= 0; from -= WINDOW_MILLIS) {
      int first = (int) (from * phase.perSecond() / 1_000);
      long bad = (long) offered - first - good.get(first, Math.max(first, offered)).cardinality();
      if (bad * 1_000 > (long) offered - first) {
        return earliest;
      }
      earliest = OptionalLong.of(from);
    }
    return earliest;
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private static long micros(long nanos) {
    return Math.clamp(nanos / 1_000, 1, LONGEST_MICROS);
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
