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
 * Elects by evidence: when the leader's process is known to be dead, its followers need not wait
 * for its heartbeats to fail.
 *
 * <p>The first follower in rank stands at once, as if the dead leader had told it to; the next one
 * a little later, if there is still no leader. A follower that must refuse its vote because its own
 * log is longer stands in the place of the asker: that it was asked in the dead leader's name is
 * evidence enough, if its own has not come yet.
 *
 * <p>Who stands asks again for votes that do not come, for as long as the others would shield the
 * dead leader from an election that nobody vouches for. MicroRaft asks once in each term, and with
 * regard to that shield from the second term on: one lost or slow vote would cost a leader's whole
 * timeout, and mostly a split vote after it.
 *
 * <p>It is an election like any other: safe whatever the evidence was worth. On the group's strand
 * only.
 */
final class ExpeditedElection {

  /** A vote takes a round trip and two forces; much later than that it is lost, or very slow. */
  static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final GroupPlan plan;
  private final String server;
  private final Timing timing;
  private final Clock clock;
  private long stoodAtNanos;

  ExpeditedElection(GroupPlan plan, String server, Timing timing, Clock clock) {
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

  /** Whether this member still follows the dead server's member. */
  static boolean follows(RaftNodeImpl node, String dead) {
    RaftEndpoint leader = node.state().leader();
    return node.state().role() == RaftRole.FOLLOWER
        && leader != null
        && RaftCodec.endpoint(leader).server().equals(dead);
  }

  /** This member may have become a candidate just now: it was told to. */
  void stood() {
    stoodAtNanos = clock.nanos();
  }

  /** Makes a follower stand, in the name of the leader that is dead. */
  void stand(RaftNodeImpl node, NodeExecutor executor) {
    stood();
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
   * After a request for a vote was handled: stands instead when it was refused for our log.
   *
   * @return whether it stands
   */
  boolean standInstead(VoteRequest request, RaftNodeImpl node, NodeExecutor executor) {
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
    stood();
    executor.inline(() -> new LeaderElectionTask(node, false).run());
    return true;
  }

  /**
   * Asks all others again for their votes in the present term, who may have given them already.
   *
   * @return whether it still stands, and is to ask once more if no leader is found
   */
  boolean askAgain(RaftNodeImpl node, NodeExecutor executor) {
    RaftState state = node.state();
    if (state.role() != RaftRole.CANDIDATE
        || clock.since(stoodAtNanos).compareTo(timing.leaderTimeout()) > 0) {
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
