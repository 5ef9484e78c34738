package io.hormesis.replication;

import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.RaftLog;
import io.microraft.impl.state.FollowerState;
import io.microraft.impl.state.RaftState;
import io.microraft.model.log.BaseLogEntry;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import java.util.Optional;

/**
 * Hands received messages to a node, those that MicroRaft 0.7 would get wrong in another form. On
 * the group's strand only.
 */
final class RaftWorkarounds {

  private final RaftNodeImpl node;
  private final NodeExecutor executor;
  private final NodeTransport transport;
  private final WorkaroundSwitches switches;
  private final PartsSent parts = new PartsSent();

  RaftWorkarounds(
      RaftNodeImpl node,
      NodeExecutor executor,
      NodeTransport transport,
      WorkaroundSwitches switches) {
    this.node = node;
    this.executor = executor;
    this.transport = transport;
    this.switches = switches;
  }

  void handle(RaftMessage message) {
    switch (message) {
      case AppendEntriesRequest request when switches.previousIndexGuard() && behind(request) ->
          handleBehind(request);
      case AppendEntriesRequest request when switches.jumpBack() -> handleJumping(request);
      case AppendEntriesFailureResponse response when switches.jumpBack() -> jumpBack(response);
      case PreVoteResponse response when switches.termGuard() && termsApart(response) ->
          pass(onlyMoveTo(response));
      case PreVoteRequest request when switches.leaderMayReturn() && mayReturn(request) ->
          grant(request);
      case InstallSnapshotResponse response when switches.partsToTheSlow() && leads() ->
          sendPart(response);
      case InstallSnapshotRequest request when switches.dropConflictingTail() -> install(request);
      default -> pass(message);
    }
  }

  private void pass(RaftMessage message) {
    executor.inline(() -> node.handle(message));
  }

  /**
   * L1: the entry before the sent ones is covered by our snapshot and gone from our log. MicroRaft
   * would refuse it for ever, though all up to the snapshot is committed, hence the same.
   */
  private boolean behind(AppendEntriesRequest request) {
    RaftLog log = node.state().log();
    long previous = request.getPreviousLogIndex();
    if (log.snapshotIndex() == 0
        || previous > log.snapshotIndex()
        || previous == log.lastLogOrSnapshotIndex()) {
      return false;
    }
    return previous == 0
        ? !request.getLogEntries().isEmpty() && !log.containsLogEntry(1)
        : !log.containsLogEntry(previous);
  }

  /** The same request as if the log began behind the snapshot, with one entry at most. */
  private void handleBehind(AppendEntriesRequest request) {
    long snapshot = node.state().log().snapshotIndex();
    List<LogEntry> next =
        request.getLogEntries().stream().filter(entry -> entry.getIndex() == snapshot + 1).toList();
    AppendEntriesRequest fromStart = NodeTransport.fromStart(request, next);
    transport.rewriting(
        AppendEntriesSuccessResponse.class,
        response -> NodeTransport.raised(response, snapshot),
        () -> pass(fromStart));
  }

  /** L6: a request that our log refuses is refused with the index that it does expect. */
  private void handleJumping(AppendEntriesRequest request) {
    long expected = expected(request);
    if (expected > request.getPreviousLogIndex()) {
      pass(request);
    } else {
      transport.rewriting(
          AppendEntriesFailureResponse.class,
          response -> NodeTransport.expecting(response, expected),
          () -> pass(request));
    }
  }

  /** Behind our last entry, or where the entries of a term begin that the leader has not. */
  private long expected(AppendEntriesRequest request) {
    RaftLog log = node.state().log();
    long previous = request.getPreviousLogIndex();
    if (previous > log.lastLogOrSnapshotIndex()) {
      return log.lastLogOrSnapshotIndex() + 1;
    }
    if (!log.containsLogEntry(previous) || hasEntry(log, previous, request.getPreviousLogTerm())) {
      return previous + 1;
    }
    int term = log.getLogEntry(previous).getTerm();
    long first = previous;
    while (first - 1 > node.state().commitIndex() && hasEntry(log, first - 1, term)) {
      first--;
    }
    return first;
  }

  /**
   * L6: MicroRaft goes back by one entry for each refusal of its last request. It is told that its
   * last request was the one before that which the follower expects.
   */
  private void jumpBack(AppendEntriesFailureResponse response) {
    long expected = response.getExpectedNextIndex();
    Optional<FollowerState> follower =
        follower(response).filter(it -> expected > it.matchIndex() && expected < it.nextIndex());
    follower.ifPresent(it -> it.nextIndex(expected + 1));
    pass(follower.isPresent() ? NodeTransport.expecting(response, expected + 1) : response);
  }

  private Optional<FollowerState> follower(AppendEntriesFailureResponse response) {
    RaftState state = node.state();
    return state.role() == RaftRole.LEADER && state.term() == response.getTerm()
        ? Optional.ofNullable(state.leaderState().getFollowerStateOrNull(response.getSender()))
        : Optional.empty();
  }

  /** L3: a refusal for a short log carries our own term + 1; more means that terms differ. */
  private boolean termsApart(PreVoteResponse response) {
    RaftState state = node.state();
    return !response.isGranted()
        && state.role() == RaftRole.FOLLOWER
        && response.getTerm() > state.term() + 1;
  }

  /** A message whose only effect is that the node moves to its sender's term. */
  private static InstallSnapshotRequest onlyMoveTo(PreVoteResponse response) {
    return RaftCodec.MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(response.getGroupId())
        .setSender(response.getSender())
        .setTerm(response.getTerm())
        .setSenderLeader(false)
        .setSnapshotTerm(0)
        .setSnapshotIndex(0)
        .setTotalSnapshotChunkCount(0)
        .setSnapshotChunk(null)
        .setSnapshottedMembers(List.of())
        .setGroupMembersView(
            RaftCodec.MODEL
                .createRaftGroupMembersViewBuilder()
                .setLogIndex(0)
                .setMembers(List.of())
                .setVotingMembers(List.of())
                .build())
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .build();
  }

  /**
   * L7: our leader stepped down for lack of a majority, or was restarted, and is a candidate.
   * MicroRaft refuses the pre-vote because a leader was heard of lately, though who asks is that
   * leader; for votes it does make this exception. One that has committed nothing in its term is
   * refused: it may be heard but not hear, and would keep better ones from standing.
   */
  private boolean mayReturn(PreVoteRequest request) {
    RaftState state = node.state();
    BaseLogEntry last = state.log().lastLogOrSnapshotEntry();
    return state.role() == RaftRole.FOLLOWER
        && request.getSender().equals(state.leader())
        && request.getTerm() > state.term()
        && hasEntry(state.log(), state.commitIndex(), state.term())
        && !ExpeditedElection.longer(last, request.getLastLogTerm(), request.getLastLogIndex());
  }

  private void grant(PreVoteRequest request) {
    transport.rewriting(
        PreVoteResponse.class,
        refusal -> NodeTransport.granted(refusal, request.getTerm()),
        () -> pass(request));
  }

  private boolean leads() {
    return node.state().role() == RaftRole.LEADER;
  }

  /**
   * L9: MicroRaft sends a part of a snapshot only to the follower that answers its very last
   * request, and asks again after a tenth of a second or two. A follower whose answers take longer
   * is sent what it asked for all the same, unless that is on its way.
   */
  private void sendPart(InstallSnapshotResponse response) {
    noting(response, response);
    if (parts.owed(response, node.state().term())) {
      noting(response, NodeTransport.unnumbered(response));
    }
  }

  private void noting(InstallSnapshotResponse from, InstallSnapshotResponse passed) {
    transport.rewriting(
        InstallSnapshotRequest.class,
        request -> {
          parts.note(from.getSender(), request);
          return request;
        },
        () -> pass(passed));
  }

  /**
   * S4: MicroRaft keeps the entries behind an installed snapshot, also when they conflict with it;
   * then this member would vote by a log that never was.
   */
  private void install(InstallSnapshotRequest request) {
    RaftLog log = node.state().log();
    long before = log.snapshotIndex();
    long index = request.getSnapshotIndex();
    boolean continues = hasEntry(log, index, request.getSnapshotTerm());
    pass(request);
    boolean installed = log.snapshotIndex() == index && index > before;
    if (installed && !continues && log.lastLogOrSnapshotIndex() > index) {
      log.truncateEntriesFrom(index + 1);
      log.flush();
    }
  }

  private static boolean hasEntry(RaftLog log, long index, int term) {
    BaseLogEntry entry = index > 0 ? log.getLogEntry(index) : null; // the first is number 1
    return entry != null && entry.getTerm() == term;
  }
}
