package io.hormesis.replication;

import static java.util.Objects.requireNonNull;

import io.hormesis.engine.port.Clock;
import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;
import io.microraft.impl.task.LeaderElectionTask;
import io.microraft.model.log.BaseLogEntry;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import java.time.Duration;
import java.util.List;

/**
 * An election that begins on evidence that the leader's process ended, without waiting for its
 * election timeout.
 *
 * <p>The first follower in rank starts an election at once, as if the dead leader had transferred
 * its leadership; the next one starts one a little later, if there is still no leader. A follower
 * that refuses its vote because its own log is longer starts an election instead of the candidate:
 * the request in the dead leader's name is evidence enough, if its own has not come yet.
 *
 * <p>A candidate resends vote requests that get no response, for as long as pre-vote would protect
 * the dead leader. MicroRaft sends one in each term, and with pre-vote from the second term on: one
 * lost or slow vote would cost a whole leader timeout, and mostly a split vote after it.
 *
 * <p>It is an election like any other: safe whatever the evidence was worth. On the group's strand
 * only.
 */
final class ExpeditedElection {

  /** A vote takes a round trip and two forces; much later than that it is lost, or very slow. */
  static final Duration RESEND_AFTER = Duration.ofMillis(50);

  private final GroupPlan plan;
  private final String server;
  private final Timing timing;
  private final Clock clock;
  private long startedAtNanos;

  ExpeditedElection(GroupPlan plan, String server, Timing timing, Clock clock) {
    this.plan = plan;
    this.server = server;
    this.timing = timing;
    this.clock = clock;
  }

  /** How many followers start an election before this one when that server is dead. */
  int before(String dead) {
    List<String> followers = plan.servers().stream().filter(name -> !name.equals(dead)).toList();
    return Math.max(0, followers.indexOf(server));
  }

  /** Whether this member still follows the dead server's member. */
  static boolean follows(RaftNodeImpl node, String dead) {
    RaftEndpoint leader = node.state().leader();
    return node.state().role() == RaftRole.FOLLOWER
        && leader != null
        && RaftCodec.endpoint(leader).server().equals(dead);
  }

  /** This member may have become a candidate just now. */
  void electionStarted() {
    startedAtNanos = clock.nanos();
  }

  /** Makes a follower start an election, in the name of the dead leader. */
  void startElection(RaftNodeImpl node, NodeExecutor executor) {
    electionStarted();
    TriggerLeaderElectionRequest order = order(node, requireNonNull(node.state().leader()));
    executor.inline(() -> node.handle(order));
  }

  /** An order of a leader to a follower whose log is as long as this one's: to elect itself. */
  static TriggerLeaderElectionRequest order(RaftNodeImpl node, RaftEndpoint leader) {
    BaseLogEntry last = node.state().log().lastLogOrSnapshotEntry();
    return RaftCodec.MODEL
        .createTriggerLeaderElectionRequestBuilder()
        .setGroupId(node.getGroupId())
        .setSender(leader)
        .setTerm(node.state().term())
        .setLastLogTerm(last.getTerm())
        .setLastLogIndex(last.getIndex())
        .build();
  }

  /**
   * Starts an election instead of a candidate whose vote request was refused for its shorter log.
   *
   * @return whether this member is a candidate now
   */
  boolean startInstead(VoteRequest request, RaftNodeImpl node, NodeExecutor executor) {
    RaftState state = node.state();
    if (request.isSticky()
        || state.role() != RaftRole.FOLLOWER
        || state.leader() != null
        || state.votedEndpoint() != null
        || state.term() != request.getTerm()
        || !longer(
            state.log().lastLogOrSnapshotEntry(),
            request.getLastLogTerm(),
            request.getLastLogIndex())) {
      return false;
    }
    electionStarted();
    executor.inline(() -> new LeaderElectionTask(node, false).run());
    return true;
  }

  /**
   * Resends the vote requests of the present term to all voting members.
   *
   * @return whether this member is still a candidate, and is to resend them once more
   */
  boolean resend(RaftNodeImpl node, NodeExecutor executor) {
    RaftState state = node.state();
    if (state.role() != RaftRole.CANDIDATE
        || clock.since(startedAtNanos).compareTo(timing.leaderTimeout()) > 0) {
      return false;
    }
    BaseLogEntry last = state.log().lastLogOrSnapshotEntry();
    VoteRequest request =
        RaftCodec.MODEL
            .createVoteRequestBuilder()
            .setGroupId(node.getGroupId())
            .setSender(node.getLocalEndpoint())
            .setTerm(state.term())
            .setLastLogTerm(last.getTerm())
            .setLastLogIndex(last.getIndex())
            .setSticky(false)
            .build();
    executor.inline(() -> state.remoteVotingMembers().forEach(it -> node.send(it, request)));
    return true;
  }

  /** Whether a log that ends with this entry knows more than one that ends as told. */
  static boolean longer(BaseLogEntry last, int term, long index) {
    return last.getTerm() > term || (last.getTerm() == term && last.getIndex() > index);
  }
}
