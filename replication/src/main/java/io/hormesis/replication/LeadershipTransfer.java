package io.hormesis.replication;

import io.hormesis.engine.port.Strand;
import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.LeaderState;
import io.microraft.impl.state.RaftState;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A transfer of leadership: a leader takes no new entries, waits until its own are committed, and
 * then lets MicroRaft tell the target to begin an election at once (section 3.10 of Ongaro's
 * dissertation on Raft).
 *
 * <p>MicroRaft would wait for a whole heartbeat while an entry is not yet committed, which under
 * load is always so; the wait here takes a round trip. On the group's strand only.
 */
final class LeadershipTransfer {
  private static final Duration LOOK_EVERY = Duration.ofMillis(1);
  private static final int LOOKS_TO_REPEAT = 25;

  private final Strand strand;
  private final Stopped stopped;
  private final int mostLooks;
  private final BiFunction<NotCommitted.Kind, String, NotCommitted> refusal;
  private boolean underWay;

  /**
   * No transfer yet.
   *
   * @param limit a transfer that takes longer has failed
   * @param refusal makes what a transfer fails with
   */
  LeadershipTransfer(
      Strand strand,
      Stopped stopped,
      Duration limit,
      BiFunction<NotCommitted.Kind, String, NotCommitted> refusal) {
    this.strand = strand;
    this.stopped = stopped;
    this.mostLooks = Math.toIntExact(limit.dividedBy(LOOK_EVERY));
    this.refusal = refusal;
  }

  /** Whether new entries must wait. */
  boolean underWay() {
    return underWay;
  }

  /**
   * Begins a transfer to the voting follower that lacks the least of those that may lead.
   *
   * @param done is completed when the node leads no more, or fails
   */
  void begin(
      RaftNodeImpl node,
      NodeExecutor executor,
      Predicate<RaftEndpoint> mayLead,
      CompletableFuture<Void> done) {
    if (underWay) {
      fail(done, NotCommitted.Kind.BUSY, "its leadership is being transferred");
      return;
    }
    if (node.state().role() != RaftRole.LEADER) {
      fail(done, NotCommitted.Kind.NOT_LEADER, "only its leader transfers leadership");
      return;
    }
    Optional<RaftEndpoint> target = best(node.state(), mayLead);
    if (target.isEmpty()) {
      fail(done, NotCommitted.Kind.BUSY, "no other voting member is there to lead");
      return;
    }
    underWay = true;
    var _ = done.whenComplete((_, _) -> underWay = false);
    look(node, executor, target.get(), done, mostLooks);
  }

  private static Optional<RaftEndpoint> best(RaftState state, Predicate<RaftEndpoint> mayLead) {
    LeaderState leader = state.leaderState();
    return state.remoteVotingMembers().stream()
        .filter(mayLead)
        .max(
            Comparator.comparingLong(
                (RaftEndpoint it) -> leader.getFollowerState(it).matchIndex()));
  }

  private void look(
      RaftNodeImpl node,
      NodeExecutor executor,
      RaftEndpoint target,
      CompletableFuture<Void> done,
      int looks) {
    RaftState state = node.state();
    if (done.isDone()) {
      return;
    }
    if (stopped.yes() || executor.dropped()) {
      fail(done, NotCommitted.Kind.UNKNOWN, "stopped");
    } else if (state.role() != RaftRole.LEADER) {
      done.complete(null);
    } else if (looks == 0) {
      fail(done, NotCommitted.Kind.BUSY, target.getId() + " did not take over in time");
    } else {
      if (state.commitIndex() == state.log().lastLogOrSnapshotIndex()) {
        if (state.leadershipTransferState() == null) {
          executor.inline(() -> order(node, target, done));
        } else if (looks % LOOKS_TO_REPEAT == 0) {
          executor.inline(() -> repeat(node, target));
        }
      }
      var _ = strand.schedule(LOOK_EVERY, () -> look(node, executor, target, done, looks - 1));
    }
  }

  /** That it worked is seen in the role of the node. */
  private void order(RaftNodeImpl node, RaftEndpoint target, CompletableFuture<Void> done) {
    var _ =
        node.transferLeadership(target)
            .exceptionally(failure -> {
              fail(done, NotCommitted.Kind.BUSY, String.valueOf(failure.getMessage()));
              return null;
            });
  }

  /** One of its messages may be lost, and MicroRaft repeats them with its heartbeats only. */
  private static void repeat(RaftNodeImpl node, RaftEndpoint target) {
    node.state().leaderState().getFollowerState(target).resetRequestBackoff();
    node.sendAppendEntriesRequest(target);
    node.send(target, ExpeditedElection.order(node, node.getLocalEndpoint()));
  }

  private void fail(CompletableFuture<Void> done, NotCommitted.Kind kind, String reason) {
    done.completeExceptionally(refusal.apply(kind, reason));
  }
}
