package io.hormesis.server;

import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import java.util.List;
import java.util.Optional;

/**
 * How a server stands: starting until its doors are open and each of its groups has a leader, then
 * ready; degraded while a member of it must stay out of its group.
 */
public final class Health {
  private final String server;
  private final long pid;
  private final long incarnation;
  private boolean doors;
  private boolean joined;
  private boolean draining;
  private List<ReplicaStatus> members = List.of();
  private volatile State state = new State(ServerState.STARTING, "");

  Health(String server, long pid, long incarnation) {
    this.server = server;
    this.pid = pid;
    this.incarnation = incarnation;
  }

  /**
   * A state and its reason.
   *
   * @param value its own word, so never suspect or dead
   * @param reason why it is not ready, else empty
   */
  public record State(ServerState value, String reason) {}

  State state() {
    return state;
  }

  void doorsAreOpen() {
    doors = true;
  }

  /**
   * Looks at the members; true when the state changed.
   *
   * @param entry of this server in the topology; empty as long as it has not joined
   */
  boolean consider(List<ReplicaStatus> now, Optional<Topology.Entry> entry) {
    members = now;
    joined = entry.isPresent();
    draining = entry.filter(Topology.Entry::draining).isPresent();
    State before = state;
    state = judged(before);
    return !state.equals(before);
  }

  StatusGossip gossip(long topology) {
    return new StatusGossip(
        server,
        pid,
        incarnation,
        topology,
        state.value(),
        state.reason(),
        Version.CURRENT,
        members.stream()
            .filter(it -> it.role() == Role.LEADER)
            .map(it ->
                new StatusGossip.Lead(
                    it.group().process(), it.group().partition(), it.term(), it.inSync()))
            .toList());
  }

  private State judged(State before) {
    List<String> reasons =
        members.stream()
            .filter(it -> it.role() == Role.FAULTED)
            .map(ReplicaStatus::degraded)
            .toList();
    if (!reasons.isEmpty()) {
      return new State(ServerState.DEGRADED, String.join("; ", reasons));
    }
    // An election does not make a ready server unready: its requests wait for the new leader.
    boolean led = members.stream().noneMatch(it -> it.leader().isEmpty());
    boolean wasReady =
        before.value() == ServerState.READY || before.value() == ServerState.DRAINING;
    if (draining) {
      return new State(ServerState.DRAINING, "it is being emptied");
    }
    return doors && joined && (led || wasReady)
        ? new State(ServerState.READY, "")
        : new State(ServerState.STARTING, "");
  }
}
