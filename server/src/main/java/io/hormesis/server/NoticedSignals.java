package io.hormesis.server;

import io.hormesis.engine.supervision.Decision;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.Role;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Picks the signals of a server that its keeper is told. Thread-safe. */
public final class NoticedSignals {
  private final Map<GroupId, Long> terms = new ConcurrentHashMap<>();

  /** What the keeper is told of a signal; empty when it is nothing to him. */
  public Optional<ServerEvent> of(Signal signal) {
    return switch (signal) {
      case Signal.HealthChanged(var state) ->
          Optional.of(new ServerEvent.StateChanged(state.value(), state.reason()));
      case Signal.ServerSeen(var server, var transition)
          when transition == Membership.Transition.GONE ->
          Optional.of(new ServerEvent.ServerGone(server));
      case Signal.MemberChanged(var member)
          when member.role() == Role.LEADER && isNew(member.group(), member.term()) ->
          Optional.of(
              new ServerEvent.Elected(
                  member.group().process(), member.group().partition(), member.term()));
      case Signal.SupervisorDecided(var at, Decision.IsolateFor(var time)) ->
          Optional.of(new ServerEvent.Isolated(at.toString(), time.toMillis()));
      case Signal.CallBegan _,
          Signal.CallEnded _,
          Signal.AttemptSent _,
          Signal.StaysHere _,
          Signal.MessageRefused _,
          Signal.WorkerFailed _,
          Signal.SupervisorDecided _,
          Signal.MemberChanged _,
          Signal.ServerSeen _,
          Signal.TopologyChanged _ ->
          Optional.empty();
    };
  }

  /** A leader tells of itself whenever it sees its group otherwise; it is elected once a term. */
  private boolean isNew(GroupId group, long term) {
    Long before = terms.put(group, term);
    return before == null || before != term;
  }
}
