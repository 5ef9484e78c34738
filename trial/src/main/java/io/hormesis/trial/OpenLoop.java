package io.hormesis.trial;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends phases of an open-loop load from one thread: every request at its intended time, whatever
 * became of the ones before, and never a second time. Latencies count from the intended time, so
 * that nobody is spared the time in which a stalled system or a late generator did not ask
 * (coordinated omission, Gil Tene).
 *
 * <p>Unlike {@link LoadGenerator} it has neither books nor retries, and takes so little that it can
 * offer many times what the system can do.
 */
public final class OpenLoop implements AutoCloseable {
  private static final int BURST = 64;
  private static final long IDLE_NANOS = 20_000_000;

  /** What a phase could not send this long after its end is not offered any more. */
  private static final long LATE_NANOS = 1_000_000_000;

  private final List<URI> edges;
  private final Workload workload;
  private final long run;
  private final long patienceNanos = TrialPlan.Patience.USUAL.deadline().toNanos();
  private final KnownWrites known = new KnownWrites();
  private final LoadConnections connections;
  private int stretches;
  private int next;

  /**
   * Sends nothing yet.
   *
   * @param edges asked in turn
   * @param run differs from run to run on the same data; part of every {@code Idempotency-Key}
   */
  public OpenLoop(List<URI> edges, Workload workload, long run) throws IOException {
    this.edges = List.copyOf(edges);
    this.workload = workload;
    this.run = run;
    connections = new LoadConnections(this.edges);
  }

  /**
   * Sends phases one after the other, without a pause, and waits for the last reply or deadline.
   *
   * @param began told when a phase begins
   */
  public List<PhaseResult> send(List<LoadPhase> phases, Consumer<LoadPhase> began)
      throws IOException {
    List<PhaseCounts> counts = new ArrayList<>();
    long start = System.nanoTime();
    for (LoadPhase phase : phases) {
      began.accept(phase);
      var count = new PhaseCounts(phase);
      counts.add(count);
      send(phase, count, start);
      start += phase.millis() * 1_000_000;
      while (System.nanoTime() < start) {
        connections.turn(start - System.nanoTime());
      }
      count.sent();
    }
    while (connections.underWay() > 0) {
      connections.turn(IDLE_NANOS);
    }
    return counts.stream().map(PhaseCounts::result).toList();
  }

  /**
   * Reads acknowledged writes back.
   *
   * @param most how many of them; an even sample when there are more
   */
  public ReadBackResult readBack(int most) throws IOException {
    return new ReadBackRounds(edges, workload, connections).run(known.sample(most), known.size());
  }

  @Override
  public void close() throws IOException {
    connections.close();
  }

  /** Replies are read in between when it is late: so it never drowns in its own catching up. */
  private void send(LoadPhase phase, PhaseCounts counts, long start) throws IOException {
    var arrivals = new Arrivals(phase.perSecond(), phase.seed());
    int stretch = stretches++;
    long requests = phase.requests();
    long end = start + TimeUnit.MILLISECONDS.toNanos(phase.millis()) + LATE_NANOS;
    int number = 0;
    while (number < requests && System.nanoTime() < end) {
      long due = start + arrivals.intendedNanos(number);
      for (int burst = 0; burst < BURST && number < requests && due <= System.nanoTime(); burst++) {
        counts.offered(System.nanoTime() - due);
        connections.start(drawn(arrivals, stretch, number, due, counts));
        number++;
        due = start + arrivals.intendedNanos(number);
      }
      connections.turn(number < requests ? due - System.nanoTime() : 0);
    }
  }

  private Asked drawn(Arrivals arrivals, int stretch, int number, long due, PhaseCounts counts) {
    TrialCall call = workload.draw(run, arrivals.randomOf(number), known);
    String key = Long.toHexString(run) + "-" + stretch + "-" + number;
    int edge = next++ % edges.size();
    return new Asked(
        call, edge, Exchange.bytes(call.keyed(key), edges.get(edge)), number, due, counts);
  }

  /** One request of a phase. */
  private final class Asked extends Exchange {
    private final TrialCall call;
    private final int number;
    private final long due;
    private final PhaseCounts counts;

    Asked(TrialCall call, int edge, byte[] bytes, int number, long due, PhaseCounts counts) {
      super(edge, bytes, due + patienceNanos);
      this.call = call;
      this.number = number;
      this.due = due;
      this.counts = counts;
    }

    @Override
    void replied(WireReply reply, long nowNanos) {
      long latency = nowNanos - due;
      counts.ended(number, ending(reply, latency), latency);
    }

    @Override
    void broken() {
      counts.ended(number, PhaseCounts.Ending.BROKEN, patienceNanos);
    }

    @Override
    void expired() {
      counts.ended(
          number,
          connection().isPresent() ? PhaseCounts.Ending.TIMED_OUT : PhaseCounts.Ending.UNSENT,
          patienceNanos);
    }

    private PhaseCounts.Ending ending(WireReply reply, long latency) {
      if (reply.isDefault()) {
        return PhaseCounts.Ending.DEFAULT_REPLY;
      }
      return switch (reply.status()) {
        case 429, 503 ->
            latency <= PhaseCounts.AT_ONCE.toNanos()
                ? PhaseCounts.Ending.REFUSED_AT_ONCE
                : PhaseCounts.Ending.REFUSED_LATE;
        case 504 -> PhaseCounts.Ending.UNKNOWN;
        default -> real(reply, latency);
      };
    }

    /** What the reply promises is remembered even when it is late. */
    private PhaseCounts.Ending real(WireReply reply, long latency) {
      return switch (workload.meaning(call, reply.from(edges.get(edge)))) {
        case ReplyMeaning.Accepted accepted -> {
          if (call instanceof TrialCall.Write write) {
            known.add(new TrialCall.Acknowledged(write, accepted.receipt()));
            counts.accepted();
          }
          yield inTime(latency);
        }
        case ReplyMeaning.Taken _, ReplyMeaning.Declined _, ReplyMeaning.Shown _ -> inTime(latency);
        case ReplyMeaning.Untrue _ -> {
          counts.untrue();
          yield PhaseCounts.Ending.BROKEN;
        }
        case ReplyMeaning.Strange _ -> PhaseCounts.Ending.BROKEN;
      };
    }

    private PhaseCounts.Ending inTime(long latency) {
      return latency <= patienceNanos ? PhaseCounts.Ending.GOOD : PhaseCounts.Ending.TIMED_OUT;
    }
  }
}
