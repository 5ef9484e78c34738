package io.hormesis.simulation.system;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.process.Query;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.server.Health;
import io.hormesis.server.ServerListener;
import io.hormesis.server.ServerState;
import io.hormesis.server.Signal;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedStrands;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches one life of a server: acts when it cannot go on, sees that what it asks of others ends in
 * time, and tells whoever reads along.
 */
final class InvariantListener implements ServerListener {

  /** A deadline may be missed by what a busy strand needs to get to it. */
  private static final long LATE_NANOS = 100_000_000;

  /** A strand that waits for a processor, behind all that came before, needs more. */
  private static final long LATE_NANOS_WHERE_WORK_WAITS = 1_000_000_000;

  private final SystemWorld world;
  private final SimulatedStrands strands;
  private final String name;
  private final Incarnation life;
  private final long lateNanos;
  private final EventLog log;
  private final Map<String, String> members = new HashMap<>();

  /** The calls that have not ended. */
  private final Set<Long> calls = new HashSet<>();

  InvariantListener(SystemWorld world, SimulatedStrands strands, String name, Incarnation life) {
    this.world = world;
    this.strands = strands;
    this.name = name;
    this.life = life;
    this.lateNanos = world.plan().times().isPresent() ? LATE_NANOS_WHERE_WORK_WAITS : LATE_NANOS;
    this.log = world.log();
  }

  @Override
  public boolean followsRequests() {
    return true;
  }

  @Override
  public void take(Signal signal) {
    if (life.ended()) {
      return;
    }
    switch (signal) {
      case Signal.HealthChanged(Health.State state) -> changed(state);
      case Signal.CallBegan began -> began(began);
      case Signal.CallEnded ended -> ended(ended);
      case Signal.MemberChanged(ReplicaStatus member) -> changed(member);
      case Signal.StaysHere(WireMessage message) -> {
        if (log.traced()) {
          log.tell("%s → itself  %s", name, world.text().of(name, message));
        }
      }
      case Signal.AttemptSent _,
          Signal.MessageRefused _,
          Signal.WorkerFailed _,
          Signal.SupervisorDecided _,
          Signal.ServerSeen _,
          Signal.TopologyChanged _ -> {}
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (!life.ended()) {
      log.tell("%s gives up: %s", name, cause);
      world.crash(name, true, SystemWorld.RESTART);
    }
  }

  private void changed(Health.State state) {
    log.add(EventLog.Kind.CHANGED, name, (state.value().word() + state.reason()).hashCode());
    if (state.value() == ServerState.READY) {
      world.server(name).becameReady();
    }
    log.tell(
        "%s is %s%s",
        name, state.value().word(), state.reason().isEmpty() ? "" : ": " + state.reason());
  }

  private void changed(ReplicaStatus member) {
    if (log.traced()) {
      String now = text(member);
      if (!now.equals(members.put(member.group().toString(), now))) {
        log.tell("%s %s", name, now);
      }
    }
  }

  private void began(Signal.CallBegan call) {
    calls.add(call.call());
    endsBy(call);
  }

  /**
   * Looks when it is so late by the server's own clock, whatever that does meanwhile: a clock that
   * begins to run slow has only just reached the deadline then, so its server is given the time
   * anew. A server that stands still is given that time, and some for what has gathered.
   */
  private void endsBy(Signal.CallBegan call) {
    SimulatedClock clock = world.clock(name);
    long left = clock.realNanos(Duration.ofNanos(call.deadlineNanos() - clock.nanos()));
    long stands = strands.pausedUntil() - world.time().nanos();
    world
        .time()
        .after(
            Math.max(left, stands) + lateNanos,
            () -> {
              if (!calls.contains(call.call()) || life.ended()) {
                return;
              }
              if (clock.nanos() - call.deadlineNanos() < lateNanos / 2
                  || strands.pausedUntil() + lateNanos > world.time().nanos()) {
                endsBy(call);
              } else {
                world.violated(
                    "ask",
                    "%s of %s at %s must end by its deadline, but has no end yet"
                        .formatted(call.message(), call.by(), name));
              }
            });
  }

  private void ended(Signal.CallEnded call) {
    calls.remove(call.call());
    if (log.traced() && !(call.result() instanceof CallResult.Replied<Object>)) {
      String what = call.message() instanceof Query<?> ? "default reply" : "no reply";
      log.tell("%s %s: %s to %s of %s", name, call.by(), what, call.message(), why(call.result()));
    }
  }

  private static String why(CallResult<Object> result) {
    return switch (result) {
      case CallResult.Replied<Object> replied -> replied.target();
      case CallResult.Declined<Object> it -> it.target() + ": declined: " + it.reason();
      case CallResult.Refused<Object> it ->
          "%s: refused, %s: %s".formatted(it.target(), it.cause(), it.reason());
      case CallResult.Unknown<Object> it -> it.target() + ": " + it.reason();
    };
  }

  private static String text(ReplicaStatus member) {
    String group = member.group().toString();
    String leader = member.leader().orElse("nobody");
    return switch (member.role()) {
      case STARTING -> "waits for the birth of " + group;
      case LEADER -> "leads %s, term %d".formatted(group, member.term());
      case FOLLOWER -> "follows %s in %s, term %d".formatted(leader, group, member.term());
      case CANDIDATE -> "stands for election in %s, term %d".formatted(group, member.term());
      case FAULTED -> "is out of %s: %s".formatted(group, member.degraded());
    };
  }
}
