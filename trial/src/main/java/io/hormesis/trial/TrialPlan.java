package io.hormesis.trial;

import java.time.Duration;
import java.util.Optional;

/**
 * What is tried, how hard and how long.
 *
 * @param strikes who breaks what; empty when nothing is broken on purpose
 */
public record TrialPlan(
    Load load, Workload workload, Target target, Optional<Strikes> strikes, Patience patience) {
  private static final long MOST_REQUESTS = 1_000_000;

  public TrialPlan {
    long requests = load.requests();
    if (requests > MOST_REQUESTS) {
      throw new IllegalArgumentException(
          ("a load may be of %d requests at most, because its books are kept in memory, but %d/s for"
                  + " %d s are %d: send fewer a second or end earlier")
              .formatted(MOST_REQUESTS, load.perSecond(), load.duration().toSeconds(), requests));
    }
  }

  /** A plan with the usual patience. */
  public TrialPlan(Load load, Workload workload, Target target, Optional<Strikes> strikes) {
    this(load, workload, target, strikes, Patience.USUAL);
  }

  /**
   * The open-loop load.
   *
   * @param perSecond requests a second, 1 to 100000
   * @param duration how long; the trial ends earlier when it is stopped
   * @param seed draws the moments and the requests
   * @param run differs from run to run on the same data; part of every {@code Idempotency-Key}
   */
  public record Load(int perSecond, Duration duration, long seed, long run) {
    /** The longest load at this rate, for a trial that runs until it is stopped. */
    public static Load untilStopped(int perSecond, long seed, long run) {
      return new Load(perSecond, Duration.ofSeconds(MOST_REQUESTS / perSecond), seed, run);
    }

    long requests() {
      return (long) Math.ceil(duration.toMillis() / 1_000.0 * perSecond);
    }
  }

  /** The running system. */
  public record Target(Client client, StatusSource status, SignalSource signals) {

    /** A system that can only be looked at. */
    public Target(Client client, StatusSource status) {
      this(client, status, SignalSource.NONE);
    }
  }

  /** Who decides what is broken, and who breaks it. */
  public record Strikes(Nemesis nemesis, Killer killer) {}

  /**
   * How long a trial waits for what must happen in the end.
   *
   * @param steady for full redundancy before the load begins
   * @param warmUp for the system to be steady under the load, before that counts
   * @param deadline for the reply to a request, from its intended send
   * @param repair for full redundancy after the load has ended
   * @param found for notices to arrive, and for a place that cannot be read to be readable again
   */
  public record Patience(
      Duration steady, Duration warmUp, Duration deadline, Duration repair, Duration found) {
    /** Two seconds for a reply, twenty to warm up, half a minute for everything else. */
    public static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
  }
}
