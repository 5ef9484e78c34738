package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;
import io.microraft.impl.task.LeaderElectionTask;
import io.microraft.model.log.BaseLogEntry;
import io.microraft.model.message.VoteRequest;
import java.util.List;

/**
 * Elects by evidence: when the leader's process is known to be dead, its followers need not wait
 * for its heartbeats to fail.
 *
 * <p>The first follower in rank stands at once, as if the dead leader had told it to; the next one
 * a little later, if there is still no leader. A follower that must refuse its vote because its own
 * log is longer stands in the place of the asker. It is an election like any other: safe whatever
 * the evidence was worth. On the group's strand only.
 */
final class Evidence {

  private final GroupPlan plan;
  private final String server;
  private final Timing timing;
  private final Clock clock;
  private long seenAtNanos;
  private boolean seen;

  Evidence(GroupPlan plan, String server, Timing timing, Clock clock) {
    this.plan = plan;
    this.server = server;
    this.timing = timing;
    this.clock = clock;
  }

  /** How many followers stand before this one when that server is dead. */
  int before(String dead) {
    List<String> followers = plan.servers().stream().filter(name -> !name.equals(dead)).toList();
    return Math.max(0, followers.indexOf(server));
  }

  void noted() {
    seen = true;
    seenAtNanos = clock.nanos();
  }

  /** Whether this member still follows the dead server's member. */
  static boolean follows(RaftNodeImpl node, String dead) {
    RaftEndpoint leader = node.state().leader();
    return node.state().role() == RaftRole.FOLLOWER
        && leader != null
        && RaftCodec.endpoint(leader).server().equals(dead);
  }

  /** Makes a follower stand, in the name of the leader that is dead. */
  static void stand(RaftNodeImpl node, NodeExecutor executor) {
    RaftState state = node.state();
    BaseLogEntry last = state.log().lastLogOrSnapshotEntry();
    var order =
        RaftCodec.MODEL
            .createTriggerLeaderElectionRequestBuilder()
            .setGroupId(node.getGroupId())
            .setSender(state.leader())
            .setTerm(state.term())
            .setLastLogTerm(last.getTerm())
            .setLastLogIndex(last.getIndex())
            .build();
    executor.inline(() -> node.handle(order));
  }

  /** After a request for a vote was handled: stands instead when it was refused for our log. */
  void standInstead(VoteRequest request, RaftNodeImpl node, NodeExecutor executor) {
    RaftState state = node.state();
    boolean fresh = seen && clock.since(seenAtNanos).compareTo(timing.leaderTimeout()) < 0;
    if (fresh
        && !request.isSticky()
        && state.role() == RaftRole.FOLLOWER
        && state.leader() == null
        && state.votedEndpoint() == null
        && state.term() == request.getTerm()
        && longer(state.log().lastLogOrSnapshotEntry(), request)) {
      seen = false;
      executor.inline(() -> new LeaderElectionTask(node, false).run());
    }
  }

  private static boolean longer(BaseLogEntry last, VoteRequest request) {
    return last.getTerm() > request.getLastLogTerm()
        || (last.getTerm() == request.getLastLogTerm()
            && last.getIndex() > request.getLastLogIndex());
  }
}
