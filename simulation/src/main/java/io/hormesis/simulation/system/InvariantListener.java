package io.hormesis.simulation.system;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.process.Query;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.server.ServerListener;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedStrands;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Watches one life of a server: acts when it cannot go on, sees that what it asks of others ends in
 * time, and tells whoever reads along.
 */
final class InvariantListener implements ServerListener {

  /** A deadline may be missed by what a busy strand needs to get to it. */
  private static final long LATE_NANOS = 100_000_000;

  private final SystemWorld world;
  private final SimulatedStrands strands;
  private final String name;
  private final Incarnation life;
  private final EventLog log;
  private final Map<String, String> members = new HashMap<>();

  InvariantListener(SystemWorld world, SimulatedStrands strands, String name, Incarnation life) {
    this.world = world;
    this.strands = strands;
    this.name = name;
    this.life = life;
    this.log = world.log();
  }

  @Override
  public void state(String state, String reason) {
    if (!life.ended()) {
      log.add(EventLog.Kind.CHANGED, name, (state + reason).hashCode());
      if (state.equals("ready")) {
        world.server(name).becameReady();
      }
      log.tell("%s is %s%s", name, state, reason.isEmpty() ? "" : ": " + reason);
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (!life.ended()) {
      log.tell("%s gives up: %s", name, cause);
      world.crash(name, true, SystemWorld.RESTART);
    }
  }

  @Override
  public void changed(ReplicaStatus member) {
    if (log.traced() && !life.ended()) {
      String now = text(member);
      if (!now.equals(members.put(member.group().toString(), now))) {
        log.tell("%s %s", name, now);
      }
    }
  }

  @Override
  public void stays(WireMessage wireMessage) {
    if (log.traced() && !life.ended()) {
      log.tell("%s → itself  %s", name, world.text().of(name, wireMessage));
    }
  }

  @Override
  public void asks(String process, Ask ask, CompletableFuture<CallResult> ending) {
    endsBy(world.clock(name).nanos() + ask.within().toNanos(), process, ask, ending);
    if (log.traced()) {
      var _ = ending.thenAccept(it -> ended(process, ask.message(), it));
    }
  }

  /**
   * Looks when it is so late by the server's own clock, whatever that does meanwhile. A server that
   * stands still is given that time, and some for what has gathered.
   */
  private void endsBy(long due, String process, Ask ask, CompletableFuture<CallResult> ending) {
    SimulatedClock clock = world.clock(name);
    long left = clock.realNanos(Duration.ofNanos(due - clock.nanos()));
    long stands = strands.pausedUntil() - world.time().nanos();
    world
        .time()
        .after(
            Math.max(left, stands) + LATE_NANOS,
            () -> {
              if (ending.isDone() || life.ended()) {
                return;
              }
              if (clock.nanos() < due
                  || strands.pausedUntil() + LATE_NANOS > world.time().nanos()) {
                endsBy(due, process, ask, ending);
              } else {
                world.violated(
                    "ask",
                    "%s of %s at %s must end within %d ms, but has no end yet"
                        .formatted(ask.message(), process, name, ask.within().toMillis()));
              }
            });
  }

  private void ended(String process, Record message, CallResult ending) {
    if (!life.ended() && !(ending instanceof CallResult.Replied)) {
      String what = message instanceof Query<?> ? "default reply" : "no reply";
      log.tell("%s %s: %s to %s of %s", name, process, what, message, why(ending));
    }
  }

  private static String why(CallResult ending) {
    return switch (ending) {
      case CallResult.Replied replied -> replied.place();
      case CallResult.Declined(String place, String reason) -> place + ": declined: " + reason;
      case CallResult.Refused(String place, var cause, String reason) ->
          "%s: refused, %s: %s".formatted(place, cause, reason);
      case CallResult.Unknown(String place, String reason) -> place + ": " + reason;
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
