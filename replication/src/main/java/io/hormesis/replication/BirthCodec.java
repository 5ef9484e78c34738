package io.hormesis.replication;

import java.util.List;
import java.util.Optional;

/** Encodes what is stored and told of a birth: {@code [version, stage, self, id, members]}. */
final class BirthCodec {

  static final int VERSION = 1;

  private BirthCodec() {}

  static byte[] encode(Birth.Hello hello) {
    return CborWriter.write(out -> {
      out.array(5).number(VERSION).number(id(hello.stage())).text(hello.self().name());
      out.text(hello.group().map(Birth.Group::id).orElse(null));
      RaftCodec.writeEndpoints(
          out,
          hello
              .group()
              .map(group -> List.<io.microraft.RaftEndpoint>copyOf(group.members()))
              .orElse(List.of()));
      out.end();
    });
  }

  /** Reads a hello; {@link Malformed} when it is none. */
  static Birth.Hello decode(byte[] bytes) {
    return CborReader.read(
        bytes,
        in -> {
          in.open();
          int version = in.smallCount();
          if (version != VERSION) {
            throw new Malformed("birth of version %d, known is %d".formatted(version, VERSION));
          }
          Birth.Stage stage = stage(in.smallCount());
          Endpoint self = RaftCodec.readEndpoint(in);
          Optional<String> id = in.optional(CborReader::text);
          List<Endpoint> members = in.list(RaftCodec::readEndpoint);
          in.close();
          if (members.size() > GroupPlan.MEMBERS_LIMIT || id.isPresent() == members.isEmpty()) {
            throw new Malformed("a group without members, or members without a group");
          }
          return new Birth.Hello(stage, self, id.map(text -> new Birth.Group(text, members)));
        });
  }

  private static int id(Birth.Stage stage) {
    return switch (stage) {
      case EMPTY -> 0;
      case STORED -> 1;
      case BORN -> 2;
      case OUT -> 3;
    };
  }

  private static Birth.Stage stage(int id) {
    return switch (id) {
      case 0 -> Birth.Stage.EMPTY;
      case 1 -> Birth.Stage.STORED;
      case 2 -> Birth.Stage.BORN;
      case 3 -> Birth.Stage.OUT;
      default -> throw new Malformed("no stage has the id " + id);
    };
  }
}
