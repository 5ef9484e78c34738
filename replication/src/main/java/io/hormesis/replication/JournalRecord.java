package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import java.util.Optional;

/** What stands in a journal. Type ids never change their meaning. */
sealed interface JournalRecord {

  int VERSION = 1;

  /** The first record: whose journal it is. */
  record Head(GroupId group, String birth) implements JournalRecord {}

  record Identity(Endpoint member, boolean voting) implements JournalRecord {}

  record FirstMembers(RaftGroupMembersView view) implements JournalRecord {}

  record Term(int term, Optional<Endpoint> vote) implements JournalRecord {}

  record Entry(LogEntry entry) implements JournalRecord {}

  /** The entries from this index are void. */
  record Truncated(long index) implements JournalRecord {}

  /** A checkpoint was forced and verified: the entries up to its index may go. */
  record Snapshot(long index, int term, int parts, RaftGroupMembersView members)
      implements JournalRecord {}

  default byte[] encode() {
    return CborWriter.write(out -> {
      switch (this) {
        case Head r ->
            out.array(5)
                .number(1)
                .number(VERSION)
                .text(r.group().process())
                .number(r.group().partition())
                .text(r.birth());
        case Identity r -> {
          RaftCodec.writeEndpoint(out.array(3).number(2), r.member());
          out.flag(r.voting());
        }
        case FirstMembers r -> RaftCodec.writeMembers(out.array(2).number(3), r.view());
        case Term r ->
            out.array(3).number(4).number(r.term()).text(r.vote().map(Endpoint::name).orElse(null));
        case Entry r -> RaftCodec.writeEntry(out.array(2).number(5), r.entry());
        case Truncated r -> out.array(2).number(6).number(r.index());
        case Snapshot r -> {
          out.array(5).number(7).number(r.index()).number(r.term()).number(r.parts());
          RaftCodec.writeMembers(out, r.members());
        }
      }
      out.end();
    });
  }

  /** Reads a record; {@link Malformed} when it is none. */
  static JournalRecord decode(byte[] bytes) {
    return CborReader.read(
        bytes,
        in -> {
          in.open();
          int type = in.smallCount();
          JournalRecord record =
              switch (type) {
                case 1 -> readHead(in);
                case 2 -> {
                  Endpoint member = RaftCodec.readEndpoint(in);
                  yield new Identity(member, in.flag());
                }
                case 3 -> new FirstMembers(RaftCodec.readMembers(in));
                case 4 -> {
                  int term = in.smallCount();
                  yield new Term(term, in.optional(RaftCodec::readEndpoint));
                }
                case 5 -> new Entry(RaftCodec.readEntry(in));
                case 6 -> new Truncated(in.count());
                case 7 -> readSnapshot(in);
                default -> throw new Malformed("no record has the type " + type);
              };
          in.close();
          return record;
        });
  }

  private static Head readHead(CborReader in) {
    int version = in.smallCount();
    if (version != VERSION) {
      throw new Malformed("journal of version %d, known is %d".formatted(version, VERSION));
    }
    String process = in.text();
    GroupId group = new GroupId(process, in.smallCount());
    return new Head(group, in.text());
  }

  private static Snapshot readSnapshot(CborReader in) {
    long index = in.count();
    int term = in.smallCount();
    int parts = in.smallCount();
    return new Snapshot(index, term, parts, RaftCodec.readMembers(in));
  }
}
