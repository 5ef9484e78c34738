package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the system again and again while it is tried, tells what it sees, and lets the nemesis
 * strike. It looks more often while nobody has noticed the last fault. For one thread.
 */
final class Watch {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration QUICK_TICK = Duration.ofMillis(20);

  private final TrialPlan plan;
  private final Faults faults;
  private final TrialListener listener;
  private final long startNanos;

  Watch(TrialPlan plan, Faults faults, TrialListener listener, long startNanos) {
    this.plan = plan;
    this.faults = faults;
    this.listener = listener;
    this.startNanos = startNanos;
  }

  /** Milliseconds since the load began. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  /** Looks once; empty when no server answers. */
  Optional<SystemStatus> look() throws InterruptedException {
    Optional<SystemStatus> status = plan.target().status().status();
    long now = millis();
    if (status.isPresent()) {
      faults.seen(status.get(), now).forEach(listener::on);
      listener.on(new TrialEvent.Seen(now, status.get()));
    }
    return status;
  }

  /** Looks once, and breaks what the nemesis wants broken in view of that. */
  void lookAndStrike() throws InterruptedException {
    Optional<SystemStatus> status = look();
    if (status.isPresent() && plan.strikes().isPresent()) {
      strike(plan.strikes().get(), status.get());
    }
  }

  /** Waits for the next look. */
  void pause() throws InterruptedException {
    Trial.pause(faults.undetected() ? QUICK_TICK : TICK);
  }

  /**
   * The fault counts from before the kill, and replies count as replies after it only once the
   * process is known to have ended: so its times err to the long side.
   */
  private void strike(TrialPlan.Strikes strikes, SystemStatus status) throws InterruptedException {
    long at = millis();
    Optional<Nemesis.Attack> attack = strikes.nemesis().next(status, Duration.ofMillis(at));
    if (attack.isPresent()) {
      boolean met = kill(strikes.killer(), attack.get());
      if (!met) {
        strikes.nemesis().missed(attack.get());
      }
      listener.on(faults.killed(at, attack.get(), status, met));
    }
  }

  private static boolean kill(Killer killer, Nemesis.Attack attack) throws InterruptedException {
    try {
      return killer.kill(attack.target());
    } catch (IOException notMet) {
      return false;
    }
  }
}
