package io.hormesis.replication;

import io.hormesis.engine.port.Carrier;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of one node. Entries that do not fit into a frame stay behind: the follower
 * confirms those that came, and the leader sends the rest. On the group's strand only.
 */
final class NodeTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(NodeTransport.class);

  /** What a message may take, and of it an entry besides its operation. */
  private static final int ENTRIES_LIMIT = Carrier.FRAME_LIMIT - 8 * 1024;

  private static final int ENTRY_HEAD = 32;

  private final GroupId group;
  private final String birth;
  private final GroupStore store;
  private final FrameBatcher sending;
  private final boolean missingTargetIgnored;
  private final Heartbeats heartbeats;
  private UnaryOperator<RaftMessage> rewrite = UnaryOperator.identity();

  NodeTransport(
      GroupId group,
      String birth,
      GroupStore store,
      FrameBatcher sending,
      WorkaroundSwitches switches,
      Heartbeats heartbeats) {
    this.group = group;
    this.birth = birth;
    this.store = store;
    this.sending = sending;
    this.missingTargetIgnored = switches.ignoreMissingTarget();
    this.heartbeats = heartbeats;
  }

  /**
   * Part of the workarounds for L1, L6, L7 and L9: what is sent of a type while a call runs is sent
   * in another form.
   */
  <T extends RaftMessage> void rewriting(Class<T> type, UnaryOperator<T> form, Runnable call) {
    rewrite = sent -> type.isInstance(sent) ? form.apply(type.cast(sent)) : sent;
    try {
      call.run();
    } finally {
      rewrite = UnaryOperator.identity();
    }
  }

  @Override
  public void send(@Nullable RaftEndpoint target, RaftMessage message) {
    if (target == null && missingTargetIgnored) {
      return; // S6: a leader that is not known any more
    }
    try {
      String server = server(target);
      if (heartbeats.spares(server, message)) {
        return;
      }
      byte[] payload = MessageCodec.encode(fitting(message), store.checkpoints());
      sending.add(server, new RaftEnvelope(group, RaftEnvelope.Kind.RAFT, birth, payload));
    } catch (IOException e) {
      LOG.warn("{}: a part of a checkpoint cannot be sent: {}", group, e.getMessage());
    }
  }

  private static String server(@Nullable RaftEndpoint target) {
    if (target == null) {
      throw new IllegalArgumentException("a message to nobody");
    }
    return RaftCodec.endpoint(target).server();
  }

  private RaftMessage fitting(RaftMessage message) {
    RaftMessage rewritten = rewrite.apply(message);
    return rewritten instanceof AppendEntriesRequest request ? cut(request) : rewritten;
  }

  private static AppendEntriesRequest cut(AppendEntriesRequest request) {
    List<LogEntry> entries = request.getLogEntries();
    int fit = 0;
    int bytes = 0;
    for (LogEntry entry : entries) {
      bytes += ENTRY_HEAD + size(entry);
      if (fit > 0 && bytes > ENTRIES_LIMIT) {
        break;
      }
      fit++;
    }
    return fit == entries.size() ? request : with(request, entries.subList(0, fit)).build();
  }

  private static int size(LogEntry entry) {
    return entry.getOperation() instanceof EncodedCommand operation
        ? operation.bytes().length
        : 2 * GroupPlan.MEMBERS_LIMIT * 2 * 210;
  }

  /** The same request as if nothing came before these entries, and nothing was committed. */
  static AppendEntriesRequest fromStart(AppendEntriesRequest request, List<LogEntry> entries) {
    return with(request, entries)
        .setPreviousLogIndex(0)
        .setPreviousLogTerm(0)
        .setCommitIndex(0)
        .build();
  }

  private static AppendEntriesRequest.AppendEntriesRequestBuilder with(
      AppendEntriesRequest request, List<LogEntry> entries) {
    return RaftCodec.MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(request.getGroupId())
        .setSender(request.getSender())
        .setTerm(request.getTerm())
        .setPreviousLogIndex(request.getPreviousLogIndex())
        .setPreviousLogTerm(request.getPreviousLogTerm())
        .setCommitIndex(request.getCommitIndex())
        .setLogEntries(entries)
        .setQuerySequenceNumber(request.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(request.getFlowControlSequenceNumber());
  }

  /** The same confirmation of entries up to an index that is so much higher. */
  static AppendEntriesSuccessResponse raised(AppendEntriesSuccessResponse response, long by) {
    return RaftCodec.MODEL
        .createAppendEntriesSuccessResponseBuilder()
        .setGroupId(response.getGroupId())
        .setSender(response.getSender())
        .setTerm(response.getTerm())
        .setLastLogIndex(response.getLastLogIndex() + by)
        .setQuerySequenceNumber(response.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(response.getFlowControlSequenceNumber())
        .build();
  }

  /** The same refusal with another index that is expected. */
  static AppendEntriesFailureResponse expecting(AppendEntriesFailureResponse response, long index) {
    return RaftCodec.MODEL
        .createAppendEntriesFailureResponseBuilder()
        .setGroupId(response.getGroupId())
        .setSender(response.getSender())
        .setTerm(response.getTerm())
        .setExpectedNextIndex(index)
        .setQuerySequenceNumber(response.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(response.getFlowControlSequenceNumber())
        .build();
  }

  /** The same answer, but that the pre-vote for a term is given. */
  static PreVoteResponse granted(PreVoteResponse response, int term) {
    return RaftCodec.MODEL
        .createPreVoteResponseBuilder()
        .setGroupId(response.getGroupId())
        .setSender(response.getSender())
        .setTerm(term)
        .setGranted(true)
        .build();
  }

  /** The same wish for a part of a snapshot, but to whichever request it was an answer. */
  static InstallSnapshotResponse unnumbered(InstallSnapshotResponse response) {
    return RaftCodec.MODEL
        .createInstallSnapshotResponseBuilder()
        .setGroupId(response.getGroupId())
        .setSender(response.getSender())
        .setTerm(response.getTerm())
        .setSnapshotIndex(response.getSnapshotIndex())
        .setRequestedSnapshotChunkIndex(response.getRequestedSnapshotChunkIndex())
        .setQuerySequenceNumber(response.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(0)
        .build();
  }

  @Override
  public boolean isReachable(RaftEndpoint endpoint) {
    return true;
  }
}
