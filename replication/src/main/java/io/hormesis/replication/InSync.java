package io.hormesis.replication;

import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.report.RaftNodeReport;
import java.util.Map;
import java.util.Optional;

/** Makes a member's status out of MicroRaft's report. */
final class InSync {

  /** A member whose log is so many entries behind the commit index still counts as in sync. */
  private static final int ENTRIES_BEHIND = 32;

  private InSync() {}

  static ReplicaStatus status(MemberConfig setting, ActiveMember running, RaftNodeReport report) {
    Role role = role(report.getRole());
    return new ReplicaStatus(
        setting.plan().id(),
        role,
        role == Role.LEADER ? Optional.of(setting.server()) : running.leader(),
        report.getTerm().getTerm(),
        report.getLog().getCommitIndex(),
        role == Role.LEADER ? 1 + followers(setting, running, report) : 0,
        setting.plan().servers(),
        "");
  }

  private static Role role(RaftRole role) {
    return switch (role) {
      case LEADER -> Role.LEADER;
      case CANDIDATE -> Role.CANDIDATE;
      case FOLLOWER, LEARNER -> Role.FOLLOWER;
    };
  }

  private static int followers(MemberConfig setting, ActiveMember running, RaftNodeReport report) {
    long enough = Math.max(1, report.getLog().getCommitIndex() - ENTRIES_BEHIND);
    Map<RaftEndpoint, Long> heard = report.getHeartbeatTimestamps();
    int count = 0;
    for (var follower : report.getLog().getFollowerMatchIndices().entrySet()) {
      Long at = heard.get(follower.getKey());
      boolean lately =
          at != null && running.clock().since(at).compareTo(setting.timing().leaderTimeout()) <= 0;
      String server = RaftCodec.endpoint(follower.getKey()).server();
      if (lately && follower.getValue() >= enough && !running.ended(server)) {
        count++;
      }
    }
    return count;
  }

  /** Whether nobody needs to be told: only the commit index moves all the time. */
  static boolean sameToOthers(ReplicaStatus a, ReplicaStatus b) {
    return a.role() == b.role()
        && a.leader().equals(b.leader())
        && a.term() == b.term()
        && a.inSync() == b.inSync()
        && a.degraded().equals(b.degraded());
  }
}
