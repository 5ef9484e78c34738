package io.hormesis.replication;

import io.hormesis.engine.port.Clock;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.RaftMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Spares messages that only repeat what a follower knows or soon learns.
 *
 * <p>After each commit MicroRaft tells followers that are caught up the new commit index by a
 * message without entries, half of all messages under a moderate load. Such a message is held to be
 * lost, as any may be, when the follower was sent something within half a heartbeat's period: the
 * next entry or heartbeat tells the same. Messages that await a response (they carry a flow-control
 * number) are never spared. On the group's strand only.
 */
final class Heartbeats {
  private final Clock clock;
  private final Duration gap;
  private final Map<String, Long> sentAt = new HashMap<>();

  Heartbeats(Clock clock, Duration period) {
    this.clock = clock;
    this.gap = period.dividedBy(2);
  }

  /** Whether this message need not be sent. */
  boolean spares(String server, RaftMessage message) {
    if (!(message instanceof AppendEntriesRequest request)) {
      return false;
    }
    boolean bare = request.getLogEntries().isEmpty() && request.getFlowControlSequenceNumber() == 0;
    Long last = sentAt.get(server);
    if (bare && last != null && clock.since(last).compareTo(gap) < 0) {
      return true;
    }
    sentAt.put(server, clock.nanos());
    return false;
  }
}
