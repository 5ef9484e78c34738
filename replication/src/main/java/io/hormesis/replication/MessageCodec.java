package io.hormesis.replication;

import static io.hormesis.replication.RaftCodec.MODEL;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import io.hormesis.storage.FlatFileStore;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Encodes MicroRaft's messages: {@code [type, sender, term, …]}. Type ids: 1 to 3 entries and their
 * answers, 4 and 5 votes, 6 and 7 pre-votes, 8 and 9 snapshots, 10 an order to stand for election.
 * The group stands outside, in {@link RaftEnvelope}.
 */
final class MessageCodec {

  private MessageCodec() {}

  /** Encodes a message; the bytes of a snapshot's chunk are read from the store now. */
  static byte[] encode(RaftMessage message, FlatFileStore store) throws IOException {
    try {
      return CborWriter.write(out -> write(out, message, store));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(CborWriter out, RaftMessage message, FlatFileStore store) {
    switch (message) {
      case AppendEntriesRequest m -> {
        head(out, 9, 1, m).number(m.getPreviousLogTerm()).number(m.getPreviousLogIndex());
        out.number(m.getCommitIndex()).list(m.getLogEntries(), RaftCodec::writeEntry);
        out.number(m.getQuerySequenceNumber()).number(m.getFlowControlSequenceNumber());
      }
      case AppendEntriesSuccessResponse m ->
          head(out, 6, 2, m)
              .number(m.getLastLogIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case AppendEntriesFailureResponse m ->
          head(out, 6, 3, m)
              .number(m.getExpectedNextIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case VoteRequest m ->
          head(out, 6, 4, m)
              .number(m.getLastLogTerm())
              .number(m.getLastLogIndex())
              .flag(m.isSticky());
      case VoteResponse m -> head(out, 4, 5, m).flag(m.isGranted());
      case PreVoteRequest m ->
          head(out, 5, 6, m).number(m.getLastLogTerm()).number(m.getLastLogIndex());
      case PreVoteResponse m -> head(out, 4, 7, m).flag(m.isGranted());
      case InstallSnapshotRequest m -> writeInstall(out, m, store);
      case InstallSnapshotResponse m ->
          head(out, 7, 9, m)
              .number(m.getSnapshotIndex())
              .number(m.getRequestedSnapshotChunkIndex())
              .number(m.getQuerySequenceNumber())
              .number(m.getFlowControlSequenceNumber());
      case TriggerLeaderElectionRequest m ->
          head(out, 5, 10, m).number(m.getLastLogTerm()).number(m.getLastLogIndex());
      default -> throw new IllegalArgumentException("no message of ours: " + message);
    }
    out.end();
  }

  private static CborWriter head(CborWriter out, int size, int type, RaftMessage message) {
    out.array(size).number(type);
    RaftCodec.writeEndpoint(out, message.getSender());
    return out.number(message.getTerm());
  }

  private static void writeInstall(CborWriter out, InstallSnapshotRequest m, FlatFileStore store) {
    head(out, 13, 8, m).flag(m.isSenderLeader()).number(m.getSnapshotTerm());
    out.number(m.getSnapshotIndex()).number(m.getTotalSnapshotChunkCount());
    SnapshotChunk chunk = m.getSnapshotChunk();
    out.number(chunk == null ? -1 : chunk.getSnapshotChunkIndex());
    out.bytes(chunk == null ? null : bytes(chunk, store));
    RaftCodec.writeEndpoints(out, m.getSnapshottedMembers());
    RaftCodec.writeMembers(out, m.getGroupMembersView());
    out.number(m.getQuerySequenceNumber()).number(m.getFlowControlSequenceNumber());
  }

  private static byte[] bytes(SnapshotChunk chunk, FlatFileStore store) {
    try {
      return ((SnapshotPart) chunk.getOperation()).read(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a message of a group; {@link Malformed} when it is none. */
  static RaftMessage decode(Object groupId, byte[] bytes) {
    return CborReader.read(
        bytes,
        in -> {
          in.open();
          int type = in.smallCount();
          Endpoint sender = RaftCodec.readEndpoint(in);
          RaftMessage message = read(new Head(groupId, sender, in.smallCount()), type, in);
          in.close();
          return message;
        });
  }

  /** What every message begins with. */
  private record Head(Object group, Endpoint sender, int term) {}

  private static RaftMessage read(Head head, int type, CborReader in) {
    return switch (type) {
      case 1 -> readAppend(head, in);
      case 2 ->
          MODEL
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(head.group())
              .setSender(head.sender())
              .setTerm(head.term())
              .setLastLogIndex(in.count())
              .setQuerySequenceNumber(in.count())
              .setFlowControlSequenceNumber(in.count())
              .build();
      case 3 ->
          MODEL
              .createAppendEntriesFailureResponseBuilder()
              .setGroupId(head.group())
              .setSender(head.sender())
              .setTerm(head.term())
              .setExpectedNextIndex(in.count())
              .setQuerySequenceNumber(in.count())
              .setFlowControlSequenceNumber(in.count())
              .build();
      case 4, 5, 6, 7, 10 -> readElection(head, type, in);
      case 8 -> readInstall(head, in);
      case 9 ->
          MODEL
              .createInstallSnapshotResponseBuilder()
              .setGroupId(head.group())
              .setSender(head.sender())
              .setTerm(head.term())
              .setSnapshotIndex(in.count())
              .setRequestedSnapshotChunkIndex(in.smallCount())
              .setQuerySequenceNumber(in.count())
              .setFlowControlSequenceNumber(in.count())
              .build();
      default -> throw new Malformed("no message has the type " + type);
    };
  }

  private static RaftMessage readAppend(Head head, CborReader in) {
    int previousTerm = in.smallCount();
    long previousIndex = in.count();
    long commitIndex = in.count();
    List<LogEntry> entries = in.list(RaftCodec::readEntry);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).getIndex() != previousIndex + 1 + i) {
        throw new Malformed("entries do not follow each other");
      }
    }
    return MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(head.group())
        .setSender(head.sender())
        .setTerm(head.term())
        .setPreviousLogTerm(previousTerm)
        .setPreviousLogIndex(previousIndex)
        .setCommitIndex(commitIndex)
        .setLogEntries(entries)
        .setQuerySequenceNumber(in.count())
        .setFlowControlSequenceNumber(in.count())
        .build();
  }

  private static RaftMessage readElection(Head head, int type, CborReader in) {
    return switch (type) {
      case 4, 6 -> readVoteRequest(head, type == 6, in);
      case 5, 7 -> readVoteResponse(head, type == 7, in);
      default ->
          MODEL
              .createTriggerLeaderElectionRequestBuilder()
              .setGroupId(head.group())
              .setSender(head.sender())
              .setTerm(head.term())
              .setLastLogTerm(in.smallCount())
              .setLastLogIndex(in.count())
              .build();
    };
  }

  private static RaftMessage readVoteRequest(Head head, boolean before, CborReader in) {
    int lastTerm = in.smallCount();
    long lastIndex = in.count();
    return before
        ? MODEL
            .createPreVoteRequestBuilder()
            .setGroupId(head.group())
            .setSender(head.sender())
            .setTerm(head.term())
            .setLastLogTerm(lastTerm)
            .setLastLogIndex(lastIndex)
            .build()
        : MODEL
            .createVoteRequestBuilder()
            .setGroupId(head.group())
            .setSender(head.sender())
            .setTerm(head.term())
            .setLastLogTerm(lastTerm)
            .setLastLogIndex(lastIndex)
            .setSticky(in.flag())
            .build();
  }

  private static RaftMessage readVoteResponse(Head head, boolean before, CborReader in) {
    return before
        ? MODEL
            .createPreVoteResponseBuilder()
            .setGroupId(head.group())
            .setSender(head.sender())
            .setTerm(head.term())
            .setGranted(in.flag())
            .build()
        : MODEL
            .createVoteResponseBuilder()
            .setGroupId(head.group())
            .setSender(head.sender())
            .setTerm(head.term())
            .setGranted(in.flag())
            .build();
  }

  private static RaftMessage readInstall(Head head, CborReader in) {
    boolean leader = in.flag();
    int term = in.smallCount();
    long index = in.count();
    int count = in.smallCount();
    int number = in.integer();
    Optional<byte[]> bytes = in.optional(CborReader::bytes);
    boolean right = bytes.isPresent() ? number >= 0 && number < count : number == -1;
    if (!right || count > FlatFileStore.PARTS_LIMIT) {
      throw new Malformed("chunk %d of %d".formatted(number, count));
    }
    var snapshottedMembers = RaftCodec.readEndpoints(in);
    RaftGroupMembersView members = RaftCodec.readMembers(in);
    return MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(head.group())
        .setSender(head.sender())
        .setTerm(head.term())
        .setSenderLeader(leader)
        .setSnapshotTerm(term)
        .setSnapshotIndex(index)
        .setTotalSnapshotChunkCount(count)
        .setSnapshotChunk(
            bytes
                .map(b -> RaftCodec.chunk(index, term, number, count, new SnapshotPart(b), members))
                .orElse(null))
        .setSnapshottedMembers(snapshottedMembers)
        .setGroupMembersView(members)
        .setQuerySequenceNumber(in.count())
        .setFlowControlSequenceNumber(in.count())
        .build();
  }
}
