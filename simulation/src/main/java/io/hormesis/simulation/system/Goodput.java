package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What became of the load, by the second of virtual time in which each call was to be sent: open
 * loop, as in a trial. Good is a real reply within the deadline; a default reply is none.
 */
public final class Goodput {
  private static final int REFUSED = 503;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final List<Second> seconds = new ArrayList<>();

  /** A call is sent. */
  void sent(long at) {
    second(at).sent++;
  }

  /** A call that was sent at a time has ended, by its deadline. */
  void ended(long sentAt, long now, Optional<EdgeReply> reply) {
    Second second = second(sentAt);
    if (reply.filter(EdgeReply::isReal).isPresent()) {
      second.good(now - sentAt);
    } else if (reply.filter(it -> it.status() == REFUSED).isPresent()) {
      second.refused++;
    } else {
      second.failed++;
    }
  }

  private Second second(long at) {
    int number = (int) (at / SECOND);
    while (seconds.size() <= number) {
      seconds.add(new Second());
    }
    return seconds.get(number);
  }

  /** What became of what was sent from a whole second of the run until before another one. */
  public Share between(Duration from, Duration until) {
    int first = (int) from.toSeconds();
    int end = Math.min((int) until.toSeconds(), seconds.size());
    List<Second> meant = first < end ? seconds.subList(first, end) : List.of();
    long[] nanos =
        meant.stream().flatMapToLong(it -> Arrays.stream(it.nanos, 0, it.good)).sorted().toArray();
    return new Share(
        until.minus(from),
        meant.stream().mapToLong(it -> it.sent).sum(),
        nanos.length,
        meant.stream().mapToLong(it -> it.refused).sum(),
        meant.stream().mapToLong(it -> it.failed).sum(),
        Duration.ofNanos(nanos.length == 0 ? 0 : nanos[(int) Math.ceil(nanos.length * 0.99) - 1]));
  }

  /**
   * What became of a part of the load.
   *
   * @param lasts the time in which it was sent
   * @param good those that got a real reply within the deadline
   * @param refused those that an edge did not take, or that could not be done
   * @param failed those that got no reply by their deadline, or a default or strange one
   * @param p99 99 of 100 good ones took at most so long
   */
  public record Share(
      Duration lasts, long sent, long good, long refused, long failed, Duration p99) {

    /** Good ones in a second. */
    public double perSecond() {
      return good * 1e3 / lasts.toMillis();
    }

    /** Good ones of all, from 0 to 1. */
    public double ratio() {
      return sent == 0 ? 0 : (double) good / sent;
    }
  }

  private static final class Second {
    private long sent;
    private long refused;
    private long failed;
    private int good;
    private long[] nanos = new long[64];

    void good(long took) {
      if (good == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * good);
      }
      nanos[good++] = took;
    }
  }
}
