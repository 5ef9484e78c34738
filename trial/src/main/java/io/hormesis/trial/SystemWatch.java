package io.hormesis.trial;

import io.hormesis.server.ServerEvent;
import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at the system again and again while it is tried, tells what it sees, and lets the nemesis
 * strike. It looks more often while nobody has noticed the last fault. For one thread, but for what
 * servers notice.
 */
final class SystemWatch {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration QUICK_TICK = Duration.ofMillis(20);
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final TrialPlan plan;
  private final Faults faults;
  private final TrialListener listener;
  private final Steadiness steadiness;
  private final long startNanos;
  private final Object telling = new Object();

  /** That a load has just begun is nothing to tell. */
  private long tellsFrom = Steadiness.CALM.plusSeconds(1).toMillis();

  SystemWatch(
      TrialPlan plan, Faults faults, LoadWindow window, TrialListener listener, long startNanos) {
    this.steadiness = new Steadiness(window);
    this.plan = plan;
    this.faults = faults;
    this.listener = listener;
    this.startNanos = startNanos;
  }

  /** Milliseconds since the load began. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  /** A server noticed something; called from any thread. */
  void noticed(ServerEvent.Noticed what) {
    if (what instanceof ServerEvent.ServerGone(String server)) {
      tell(() -> faults.gone(server, millis()));
    }
  }

  /** Looks once; empty when no server answers. */
  Optional<SystemStatus> look() throws InterruptedException {
    Optional<SystemStatus> status = plan.target().status().status();
    long now = millis();
    if (status.isPresent()) {
      tell(() -> faults.seen(status.get(), now));
      listener.on(new TrialEvent.Seen(now, status.get()));
    }
    return status;
  }

  /** Looks once, and breaks what the nemesis wants broken in view of that. */
  void lookAndStrike() throws InterruptedException {
    Optional<SystemStatus> status = look();
    Optional<String> unsteadyReason = steadiness.unsteadyReason(millis());
    if (status.isPresent() && plan.strikes().isPresent()) {
      decide(plan.strikes().get(), status.get(), unsteadyReason);
    }
  }

  /** Waits for the next look. */
  void pause() throws InterruptedException {
    Trial.pause(faults.undetected() ? QUICK_TICK : TICK);
  }

  private void decide(
      TrialPlan.Strikes strikes, SystemStatus status, Optional<String> unsteadyReason)
      throws InterruptedException {
    long at = millis();
    switch (strikes.nemesis().next(status, unsteadyReason, Duration.ofMillis(at))) {
      case Nemesis.Attack attack -> strike(strikes, attack, status, at);
      case Nemesis.Waiting waiting -> {
        if (unsteadyReason.filter(waiting.reason()::equals).isPresent() && at >= tellsFrom) {
          tellsFrom = at + TELL_EVERY.toMillis();
          listener.on(new TrialEvent.Waits(at, waiting.reason()));
        }
      }
    }
  }

  /**
   * The fault counts from before the kill, and replies count as replies after it only once the
   * process is known to have ended: so its times err to the long side.
   */
  private void strike(
      TrialPlan.Strikes strikes, Nemesis.Attack attack, SystemStatus status, long at)
      throws InterruptedException {
    faults.striking(attack.target());
    boolean met = kill(strikes.killer(), attack);
    if (!met) {
      strikes.nemesis().missed(attack);
    }
    tell(() -> faults.killed(at, attack, status, met));
  }

  /** In the order in which it happened, whoever noticed it: a kill before what followed from it. */
  private void tell(Supplier<List<TrialEvent>> happened) {
    synchronized (telling) {
      happened.get().forEach(listener::on);
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
