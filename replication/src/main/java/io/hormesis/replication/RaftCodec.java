package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.groupop.UpdateRaftGroupMembersOp;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import java.util.Collection;
import java.util.List;

/**
 * Encodes what MicroRaft's messages and our journal have in common: entries, lists of members,
 * chunks. Type ids of operations: 1 ours, 2 a change of the members. They never shift.
 */
final class RaftCodec {

  static final RaftModelFactory MODEL = new DefaultRaftModelFactory();

  private RaftCodec() {}

  static Endpoint endpoint(RaftEndpoint endpoint) {
    if (endpoint instanceof Endpoint ours) {
      return ours;
    }
    throw new IllegalArgumentException("not a member of ours: " + endpoint);
  }

  static void writeEndpoint(CborWriter out, RaftEndpoint endpoint) {
    out.text(endpoint(endpoint).name());
  }

  static Endpoint readEndpoint(CborReader in) {
    return new Endpoint(in.text());
  }

  static void writeEndpoints(CborWriter out, Collection<RaftEndpoint> endpoints) {
    out.list(endpoints, RaftCodec::writeEndpoint);
  }

  static List<RaftEndpoint> readEndpoints(CborReader in) {
    return in.list(RaftCodec::readEndpoint);
  }

  static void writeEntry(CborWriter out, LogEntry entry) {
    out.array(4).number(entry.getIndex()).number(entry.getTerm());
    switch (entry.getOperation()) {
      case EncodedCommand ours -> out.number(1).bytes(ours.bytes());
      case UpdateRaftGroupMembersOp change -> {
        out.number(2).array(4);
        writeEndpoints(out, change.getMembers());
        writeEndpoints(out, change.getVotingMembers());
        writeEndpoint(out, change.getEndpoint());
        out.number(modeId(change.getMode())).end();
      }
      default -> throw new IllegalArgumentException("no operation of ours: " + entry);
    }
    out.end();
  }

  static LogEntry readEntry(CborReader in) {
    in.open();
    long index = in.count();
    int term = in.smallCount();
    int type = in.smallCount();
    Object operation =
        switch (type) {
          case 1 -> readOperation(in);
          case 2 -> readMembersChange(in);
          default -> throw new Malformed("no operation has the type " + type);
        };
    in.close();
    return MODEL
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(operation)
        .build();
  }

  private static EncodedCommand readOperation(CborReader in) {
    byte[] bytes = in.bytes();
    LogCommand.decode(bytes); // a stranger's bytes must not reach the log
    return new EncodedCommand(bytes);
  }

  private static UpdateRaftGroupMembersOp readMembersChange(CborReader in) {
    in.open();
    List<RaftEndpoint> members = readEndpoints(in);
    List<RaftEndpoint> voting = readEndpoints(in);
    Endpoint endpoint = readEndpoint(in);
    MembershipChangeMode mode = mode(in.smallCount());
    in.close();
    return MODEL
        .createUpdateRaftGroupMembersOpBuilder()
        .setMembers(members)
        .setVotingMembers(voting)
        .setEndpoint(endpoint)
        .setMode(mode)
        .build();
  }

  private static int modeId(MembershipChangeMode mode) {
    return switch (mode) {
      case ADD_LEARNER -> 1;
      case ADD_OR_PROMOTE_TO_FOLLOWER -> 2;
      case REMOVE_MEMBER -> 3;
    };
  }

  private static MembershipChangeMode mode(int id) {
    return switch (id) {
      case 1 -> MembershipChangeMode.ADD_LEARNER;
      case 2 -> MembershipChangeMode.ADD_OR_PROMOTE_TO_FOLLOWER;
      case 3 -> MembershipChangeMode.REMOVE_MEMBER;
      default -> throw new Malformed("no change of members has the id " + id);
    };
  }

  static void writeMembers(CborWriter out, RaftGroupMembersView view) {
    out.array(3).number(view.getLogIndex());
    writeEndpoints(out, view.getMembers());
    writeEndpoints(out, view.getVotingMembers());
    out.end();
  }

  static RaftGroupMembersView readMembers(CborReader in) {
    in.open();
    long index = in.count();
    List<RaftEndpoint> members = readEndpoints(in);
    List<RaftEndpoint> voting = readEndpoints(in);
    in.close();
    return MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(index)
        .setMembers(members)
        .setVotingMembers(voting)
        .build();
  }

  /** Makes one chunk of a snapshot; all of them carry the same members. */
  static SnapshotChunk chunk(
      long index, int term, int number, int count, SnapshotPart part, RaftGroupMembersView view) {
    return MODEL
        .createSnapshotChunkBuilder()
        .setIndex(index)
        .setTerm(term)
        .setSnapshotChunkIndex(number)
        .setSnapshotChunkCount(count)
        .setOperation(part)
        .setGroupMembersView(view)
        .build();
  }
}
