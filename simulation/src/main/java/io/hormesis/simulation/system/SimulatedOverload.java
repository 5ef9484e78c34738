package io.hormesis.simulation.system;

import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.WorldThread;
import java.time.Duration;

/**
 * Overload in virtual time: what a system can do, and what it does when it is asked for more. The
 * plan must declare service times; its load, faults and how long it lasts do not matter.
 *
 * <p>Source: the measures are those of {@code bench overload}, which asks real servers.
 */
public final class SimulatedOverload {
  /** What must be answered in time by a system that is not overloaded. */
  public static final double ANSWERED = 0.999;

  private static final Duration WARM = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final Duration REST = Callers.DEADLINE.plusSeconds(1);
  private static final int FIRST = 100;
  private static final int MOST = 100_000;
  private static final double NEAR = 1.02;

  private final long seed;
  private final SystemPlan plan;

  /** A system under a seed. */
  public SimulatedOverload(long seed, SystemPlan plan) {
    this.seed = seed;
    this.plan = plan.faults(FaultProfile.CALM);
  }

  /**
   * Searches the highest load of which 99.9 % get a real reply within the deadline, within 2 %.
   *
   * @return requests in a second
   */
  public int capacity() {
    int answered = 1;
    int tooMuch = FIRST;
    while (tooMuch < MOST && isAnswered(tooMuch)) {
      answered = tooMuch;
      tooMuch = 2 * tooMuch;
    }
    while (tooMuch > NEAR * answered + 1) {
      int between = (answered + tooMuch) / 2;
      if (isAnswered(between)) {
        answered = between;
      } else {
        tooMuch = between;
      }
    }
    return answered;
  }

  /** Whether so many requests a second are nearly all answered in time. */
  public boolean isAnswered(int perSecond) {
    return offered(perSecond).ratio() >= ANSWERED;
  }

  /** What became of so many requests a second, sent for ten seconds, some seconds after others. */
  public Goodput.Share offered(int perSecond) {
    SystemPlan offered = plan.load(perSecond, WARM.plus(MEASURED));
    return WorldThread.run(() -> {
      SimulatedSystem system = SimulatedSystem.start(seed, offered);
      try {
        system.pass(WARM);
        Duration from = system.now();
        system.pass(MEASURED.plus(REST));
        return system.goodput().between(from, from.plus(MEASURED));
      } finally {
        system.leave();
      }
    });
  }
}
