package io.hormesis.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a simulation of many seeds is: a line that changes on a terminal, else a line every ten
 * seconds.
 */
final class SeedProgress {
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);
  private static final Duration CHANGE_EVERY = Duration.ofMillis(100);
  private static final String ERASED = "\r\033[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final long seeds;
  private final LongSupplier nanos;
  private final long begun;
  private long shownAt;

  /**
   * No seed is done yet.
   *
   * @param nanos a clock
   */
  SeedProgress(PrintWriter err, boolean terminal, long seeds, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.seeds = seeds;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.shownAt = begun;
  }

  static SeedProgress of(PrintWriter err, long seeds) {
    return new SeedProgress(err, Boolean.getBoolean("hormesis.terminal"), seeds, System::nanoTime);
  }

  /** Shows how far it is, unless that was shown a moment ago. */
  void show(long done, long violated) {
    long now = nanos.getAsLong();
    if (now - shownAt < (terminal ? CHANGE_EVERY : LINE_EVERY).toNanos()) {
      return;
    }
    shownAt = now;
    String line = line(done, violated, now);
    if (terminal) {
      err.print(ERASED + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** Makes room for other lines. */
  void clear() {
    if (terminal) {
      err.print(ERASED);
      err.flush();
    }
  }

  private String line(long done, long violated, long now) {
    double perSecond = done / Math.max(1e-3, (now - begun) / 1e9);
    return String.format(
        Locale.ROOT,
        "%d of %d seeds, %d violated, %.1f seeds/s, %.0f s left",
        done,
        seeds,
        violated,
        perSecond,
        (seeds - done) / Math.max(1e-9, perSecond));
  }
}
