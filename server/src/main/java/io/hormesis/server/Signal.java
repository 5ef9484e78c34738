package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.supervision.Decision;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.replication.ReplicaStatus;

/**
 * What one server says that it did or saw: plain values of one family, all through one port ({@link
 * Signals}). Metrics, traces, the live view and the simulation's event log are its readers; nothing
 * is instrumented twice.
 */
public sealed interface Signal {

  /**
   * A request or a notice is to be answered.
   *
   * @param call its number on this server
   * @param by the process that asks; {@code edge} or {@code outbox} for those
   * @param message the record; of a notice in an outbox the name of its type
   * @param deadlineNanos of this server's monotonic clock: by then it has ended
   */
  record CallBegan(
      long call, String by, Target to, Object message, RequestContext context, long deadlineNanos)
      implements Signal {}

  /** It ended. */
  record CallEnded(long call, String by, Object message, CallResult<Object> result)
      implements Signal {}

  /** An attempt of a call leaves for a server. */
  record AttemptSent(long call, String server, RequestContext context) implements Signal {}

  /** A wire message needs no carrier, for it is to this server. */
  record StaysHere(WireMessage message) implements Signal {}

  /** A message was refused before it reached a worker. */
  record MessageRefused(Target at, RequestContext context, CallResult.Cause cause)
      implements Signal {}

  /** A worker failed on a message; its asker is told, and its supervisor decides. */
  record WorkerFailed(Target at, RequestContext context, Failure failure) implements Signal {}

  /** A supervisor decided about a failed worker. */
  record SupervisorDecided(Target at, Decision decision) implements Signal {}

  /** A member on this server sees its group otherwise than before. */
  record MemberChanged(ReplicaStatus member) implements Signal {}

  /** Another server is away, or is back. */
  record ServerSeen(String server, Membership.Transition transition) implements Signal {}

  /** Other servers are to be known from now on. */
  record TopologyChanged(Topology topology) implements Signal {}

  /** This server's own state changed. */
  record HealthChanged(Health.State state) implements Signal {}
}
