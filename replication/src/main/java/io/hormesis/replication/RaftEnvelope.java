package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import java.util.List;

/**
 * One message on its way between two members of a group, and several of them as a frame.
 *
 * <p>A frame is {@code [version, envelope…]}: what several groups have ready for a server travels
 * together.
 *
 * @param group which group
 * @param kind what the payload is
 * @param birth the random id that the group got at its birth; empty before that
 */
@SuppressWarnings("ArrayRecordComponent")
record RaftEnvelope(GroupId group, Kind kind, String birth, byte[] payload) {

  static final int VERSION = 1;

  /** What a frame takes besides its envelopes, at most, in bytes. */
  static final int FRAME_HEAD = 16;

  /** Kinds have the ids 0 and 1, in this order. */
  enum Kind {
    BIRTH,
    RAFT
  }

  /** What it takes in a frame, at most, in bytes. */
  int size() {
    return payload.length + 3 * (group.process().length() + birth.length()) + 32;
  }

  private void write(CborWriter out) {
    out.array(5)
        .text(group.process())
        .number(group.partition())
        .number(kind == Kind.RAFT ? 1 : 0)
        .text(birth)
        .bytes(payload)
        .end();
  }

  private static RaftEnvelope read(CborReader in) {
    in.open();
    String process = in.text();
    GroupId group = new GroupId(process, in.smallCount());
    Kind kind = kind(in.smallCount());
    String birth = in.text();
    RaftEnvelope envelope = new RaftEnvelope(group, kind, birth, in.bytes());
    in.close();
    return envelope;
  }

  private static Kind kind(int id) {
    return switch (id) {
      case 0 -> Kind.BIRTH;
      case 1 -> Kind.RAFT;
      default -> throw new Malformed("no envelope has the kind " + id);
    };
  }

  /** Packs envelopes into one frame. */
  static byte[] frame(List<RaftEnvelope> envelopes) {
    return CborWriter.write(out -> {
      out.array(1 + envelopes.size()).number(VERSION);
      envelopes.forEach(envelope -> envelope.write(out));
      out.end();
    });
  }

  /** Reads a frame; {@link Malformed} when it is none, or of another version. */
  static List<RaftEnvelope> unframe(byte[] frame) {
    return CborReader.read(
        frame,
        in -> {
          in.open();
          int version = in.smallCount();
          if (version != VERSION) {
            throw new Malformed("frame of version %d, known is %d".formatted(version, VERSION));
          }
          return in.rest(RaftEnvelope::read);
        });
  }
}
