package io.hormesis.engine.overload;

/**
 * An adaptive concurrency limit: how many requests may be under way at once, learned from how long
 * they take. By Little's law their number is their rate times their latency, so a limit on it holds
 * the latency near its target whatever the rate that can be done, which nobody has to know.
 *
 * <p>At the end of each window it looks at what ended in it. When more than a tenth was slow or
 * failed, and so it was in the window before, it lets a fifth less in: a moment in which a leader
 * is elected or a disk stands still is no overload. When all went well and the limit was nearly
 * reached, it lets a tenth more in: additive increase would take too long to find the way back
 * after a surge. What was let in before the last decrease says nothing of the new limit, and is
 * left out.
 *
 * <p>Source: rule R13. The limits of Netflix's concurrency-limits were the model; Vegas and
 * Gradient2 compare with the latency of a single kind of request, of which an edge has many (a read
 * takes a tenth of a write), and AIMD takes one step back for each slow sample, all samples of a
 * full window.
 *
 * <p>A state machine; time is in milliseconds of a monotonic clock. Not thread-safe.
 */
public final class AdaptiveLimit {
  private static final long WINDOW_MILLIS = 200;
  private static final int FEWEST_SAMPLES = 10;
  private static final double TOLERATED = 0.1;
  private static final double LESS = 0.8;
  private static final double MORE = 1.1;
  private static final double NEARLY = 0.8;

  private final int least;
  private final int most;
  private final long targetMillis;
  private double limit;
  private int underWay;
  private int peak;
  private int samples;
  private int slow;
  private boolean slowBefore;
  private long windowEnds;
  private long decreasedAt = Long.MIN_VALUE;

  /**
   * A limit that has learned nothing yet.
   *
   * @param least it never gets lower, so that it can learn
   * @param first where it begins
   * @param most it never gets higher
   * @param targetMillis what takes longer is slow
   */
  public AdaptiveLimit(int least, int first, int most, long targetMillis) {
    if (least < 1 || first < least || most < first || targetMillis < 1) {
      throw new IllegalArgumentException(
          "limits must be 1 <= least <= first <= most with a target from 1 ms, but were %d, %d, %d and %d ms"
              .formatted(least, first, most, targetMillis));
    }
    this.least = least;
    this.limit = first;
    this.most = most;
    this.targetMillis = targetMillis;
  }

  /** Whether one more would not be let in; it counts as one that came. */
  public boolean full() {
    boolean full = underWay >= limit();
    if (full) {
      peak = Math.max(peak, underWay + 1);
    }
    return full;
  }

  /** Lets one more in, or not. */
  public boolean admit() {
    boolean admitted = !full();
    if (admitted) {
      enter();
    }
    return admitted;
  }

  /** One more is under way, whether the limit lets it or not. */
  public void enter() {
    underWay++;
    peak = Math.max(peak, underWay);
  }

  /**
   * One that was let in has ended.
   *
   * @param began when it was let in
   * @param failed whether it ended without a reply because of too much load
   */
  public void ended(long began, long now, boolean failed) {
    underWay--;
    if (began >= decreasedAt) {
      samples++;
      if (failed || now - began > targetMillis) {
        slow++;
      }
    }
    if (now >= windowEnds && samples >= FEWEST_SAMPLES) {
      learn(now);
    }
  }

  /** How many may be under way now. */
  public int limit() {
    return (int) limit;
  }

  /** How many are under way. */
  public int underWay() {
    return underWay;
  }

  private void learn(long now) {
    boolean isSlow = slow > samples * TOLERATED;
    if (isSlow && slowBefore) {
      limit = Math.max(least, limit * LESS);
      decreasedAt = now;
    } else if (!isSlow && peak >= limit * NEARLY) {
      limit = Math.min(most, Math.max(limit + 1, limit * MORE));
    }
    slowBefore = isSlow;
    windowEnds = now + WINDOW_MILLIS;
    samples = 0;
    slow = 0;
    peak = underWay;
  }
}
