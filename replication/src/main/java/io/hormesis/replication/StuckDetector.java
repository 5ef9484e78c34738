package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import io.microraft.RaftRole;
import io.microraft.impl.log.SnapshotChunkCollector;
import io.microraft.impl.state.RaftState;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.report.RaftNodeReport;
import java.time.Duration;

/**
 * Sees when a node of MicroRaft 0.7 is stuck and must be built again in its place.
 *
 * <p>L2: a follower that knows a leader but has not heard of it for three timeouts will never stand
 * for election. L4: a follower that is offered snapshots above its commit index for three timeouts,
 * while neither that index nor the number of received chunks moves, ignores them for ever. On the
 * group's strand only; made anew with each node.
 */
final class StuckDetector {

  private final Clock clock;
  private final ScaledClock scaled;
  private final Duration patience;
  private final long madeAtNanos;
  private long stuckSinceNanos;
  private boolean offered;
  private long commitIndex = -1;
  private int chunks = -1;

  StuckDetector(Clock clock, ScaledClock scaled, Duration leaderTimeout) {
    this.clock = clock;
    this.scaled = scaled;
    this.patience = leaderTimeout.multipliedBy(3);
    this.madeAtNanos = clock.nanos();
  }

  /** Sees an offer of a snapshot after the node handled it. */
  void offered(InstallSnapshotRequest request, RaftState state) {
    SnapshotChunkCollector collector = state.snapshotChunkCollector();
    int received = collector == null ? -1 : collector.getChunks().size();
    boolean moved = state.commitIndex() != commitIndex || received > chunks;
    commitIndex = state.commitIndex();
    chunks = received;
    boolean ahead = request.getSnapshotIndex() > state.commitIndex();
    if (!ahead || moved || !offered) {
      offered = ahead;
      stuckSinceNanos = clock.nanos();
    }
  }

  boolean stuck(RaftNodeReport report) {
    return report.getRole() == RaftRole.FOLLOWER && (deaf(report) || ignoresSnapshots(report));
  }

  private boolean deaf(RaftNodeReport report) {
    return report.getTerm().getLeaderEndpoint() != null
        && clock.since(madeAtNanos).compareTo(patience) > 0
        && report
            .getLeaderHeartbeatTimestamp()
            .filter(heard -> scaled.since(heard).compareTo(patience) > 0)
            .isPresent();
  }

  private boolean ignoresSnapshots(RaftNodeReport report) {
    if (report.getLog().getCommitIndex() != commitIndex) {
      offered = false;
    }
    return offered && clock.since(stuckSinceNanos).compareTo(patience) > 0;
  }
}
