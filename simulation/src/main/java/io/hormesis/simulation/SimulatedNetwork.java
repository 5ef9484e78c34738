package io.hormesis.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Carries what servers and clients say to each other: late, out of order, sometimes twice,
 * sometimes not at all, and not where a cut is.
 */
public final class SimulatedNetwork {

  /**
   * How bad the network is when nothing particular is wrong with it.
   *
   * @param loss share of messages that never arrive
   * @param doubled share that arrive twice
   * @param late share that take up to {@code lateMostNanos}, so that later ones overtake them
   */
  public record Quality(
      double loss,
      double doubled,
      double late,
      long delayLeastNanos,
      long delayMostNanos,
      long lateMostNanos) {

    /** Loss 2 %, doubles 1 %, late 2 % (up to 300 ms), else 0.1 to 3 ms. */
    public static final Quality USUAL =
        new Quality(0.02, 0.01, 0.02, 100_000, 3_000_000, 300_000_000);

    /** A storm: loss 30 %, doubles 10 %, late 20 % (up to 1 s). */
    public static final Quality STORM =
        new Quality(0.3, 0.1, 0.2, 100_000, 20_000_000, 1_000_000_000);

    /** Nothing is lost, doubled or late. */
    public static final Quality WHOLE = new Quality(0, 0, 0, 100_000, 3_000_000, 0);
  }

  /** The ways on which something is wrong. */
  @FunctionalInterface
  public interface Link {
    boolean between(String from, String to);
  }

  private record Cutting(Link cut, Runnable met) {}

  private record Slowing(Link link, long byNanos, Runnable met) {}

  private final VirtualTime time;
  private final Dice dice;
  private final EventLog log;
  private final List<Cutting> cuts = new ArrayList<>();
  private final List<Slowing> slow = new ArrayList<>();
  private final Overlapping<Quality> quality = new Overlapping<>(Quality.USUAL);

  public SimulatedNetwork(VirtualTime time, Dice dice, EventLog log) {
    this.time = time;
    this.dice = dice;
    this.log = log;
  }

  /** Changes how bad it is while nothing particular is wrong with it. */
  public void usual(Quality quality) {
    this.quality.usual(quality);
  }

  /**
   * Lets the quality be another one; of several such the latest counts.
   *
   * @param met told of every message that it lost, doubled or delayed
   * @return ends it
   */
  public Runnable quality(Quality quality, Runnable met) {
    return this.quality.begin(quality, met);
  }

  /**
   * Cuts links, also for what is already under way.
   *
   * @param met told of every message that it stopped
   * @return ends the cut
   */
  public Runnable cut(Link cut, Runnable met) {
    Cutting cutting = new Cutting(cut, met);
    cuts.add(cutting);
    return () -> cuts.remove(cutting);
  }

  /**
   * Lets messages on a link take so much longer.
   *
   * @param met told of every message that it slowed
   * @return ends it
   */
  public Runnable slow(Link link, Duration by, Runnable met) {
    Slowing slowing = new Slowing(link, by.toNanos(), met);
    slow.add(slowing);
    return () -> slow.remove(slowing);
  }

  /**
   * Sends something now.
   *
   * @param from the sender's life: what it sends after its end is not sent
   * @param checksum of what is sent
   * @param arrival runs at the receiver, once, twice or never; its text is for the trace
   */
  public void send(Incarnation from, String to, long checksum, Runnable arrival) {
    log.add(EventLog.Kind.SENT, from.name(), checksum ^ to.hashCode());
    if (dice.chance(quality.present().loss)) {
      quality.met();
      told(from, to, "lost", arrival);
      return;
    }
    arrive(from, to, checksum, arrival, "");
    if (dice.chance(quality.present().doubled)) {
      quality.met();
      arrive(from, to, checksum, arrival, "doubled: ");
    }
  }

  private void arrive(Incarnation from, String to, long checksum, Runnable arrival, String which) {
    long sentAt = time.nanos();
    long delay = delayNanos() + slowedNanos(from.name(), to);
    if (log.traced()) {
      told(from, to, which + outcome(delay), arrival);
    }
    time.after(
        delay,
        () -> {
          boolean gone = !from.reached(sentAt);
          boolean lost = gone || isCut(from.name(), to);
          log.add(lost ? EventLog.Kind.DROPPED : EventLog.Kind.DELIVERED, to, checksum);
          if (lost) {
            told(from, to, gone ? "lost: never sent" : "lost: cut", arrival);
          } else {
            arrival.run();
          }
        });
  }

  private void told(Incarnation from, String to, String outcome, Runnable what) {
    if (log.traced()) {
      log.tell("%s → %s  (%s) %s", from.name(), to, outcome, what);
    }
  }

  private String outcome(long delay) {
    String form = delay > quality.present().delayMostNanos ? "late by %.1f ms" : "%.1f ms";
    return String.format(Locale.ROOT, form, delay / 1e6);
  }

  private long delayNanos() {
    Quality present = quality.present();
    if (present.late > 0 && dice.chance(present.late)) {
      quality.met();
      return dice.between(present.delayLeastNanos, present.lateMostNanos);
    }
    return dice.between(present.delayLeastNanos, present.delayMostNanos);
  }

  private long slowedNanos(String from, String to) {
    long nanos = 0;
    for (Slowing slowing : slow) {
      if (slowing.link.between(from, to)) {
        slowing.met.run();
        nanos += slowing.byNanos;
      }
    }
    return nanos;
  }

  /** Whether nothing gets from one to another now; then each cut between them counts as met. */
  public boolean isCut(String from, String to) {
    boolean cut = false;
    for (Cutting cutting : cuts) {
      if (cutting.cut.between(from, to)) {
        cutting.met.run();
        cut = true;
      }
    }
    return cut;
  }
}
