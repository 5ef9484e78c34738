package io.hormesis.replication;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * L9: which part of a snapshot a leader sent last to each follower. Its requests are numbered; a
 * follower that has seen a later one than that part, and still wants the part, did not get it.
 */
final class PartsSent {

  private record Sent(int term, long snapshot, int part, long number) {}

  private final Map<RaftEndpoint, Sent> last = new HashMap<>();

  void note(RaftEndpoint follower, InstallSnapshotRequest request) {
    if (request.getSnapshotChunk() != null) {
      last.put(
          follower,
          new Sent(
              request.getTerm(),
              request.getSnapshotIndex(),
              request.getSnapshotChunk().getSnapshotChunkIndex(),
              request.getFlowControlSequenceNumber()));
    }
  }

  /** Whether what a follower asks the leader of a term for is not on its way to it. */
  boolean owed(InstallSnapshotResponse response, int term) {
    Sent sent = last.get(response.getSender());
    return sent == null
        || sent.term != term
        || sent.snapshot != response.getSnapshotIndex()
        || sent.part != response.getRequestedSnapshotChunkIndex()
        || sent.number < response.getFlowControlSequenceNumber();
  }
}
