package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import java.util.List;
import java.util.Optional;

/** Encodes what is stored and told of a birth: {@code [version, stage, self, id, members]}. */
final class BootstrapCodec {

  static final int VERSION = 1;

  private BootstrapCodec() {}

  static byte[] encode(BootstrapState.BootstrapMessage hello) {
    return CborWriter.write(out -> {
      out.array(5).number(VERSION).number(id(hello.stage())).text(hello.self().name());
      out.text(hello.group().map(BootstrapState.Group::id).orElse(null));
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
  static BootstrapState.BootstrapMessage decode(byte[] bytes) {
    return CborReader.read(
        bytes,
        in -> {
          in.open();
          int version = in.smallCount();
          if (version != VERSION) {
            throw new Malformed("birth of version %d, known is %d".formatted(version, VERSION));
          }
          BootstrapState.Stage stage = stage(in.smallCount());
          Endpoint self = RaftCodec.readEndpoint(in);
          Optional<String> id = in.optional(CborReader::text);
          List<Endpoint> members = in.list(RaftCodec::readEndpoint);
          in.close();
          if (members.size() > GroupPlan.MEMBERS_LIMIT || id.isPresent() == members.isEmpty()) {
            throw new Malformed("a group without members, or members without a group");
          }
          return new BootstrapState.BootstrapMessage(
              stage, self, id.map(text -> new BootstrapState.Group(text, members)));
        });
  }

  private static int id(BootstrapState.Stage stage) {
    return switch (stage) {
      case EMPTY -> 0;
      case STORED -> 1;
      case BORN -> 2;
      case FAULTED -> 3;
    };
  }

  private static BootstrapState.Stage stage(int id) {
    return switch (id) {
      case 0 -> BootstrapState.Stage.EMPTY;
      case 1 -> BootstrapState.Stage.STORED;
      case 2 -> BootstrapState.Stage.BORN;
      case 3 -> BootstrapState.Stage.FAULTED;
      default -> throw new Malformed("no stage has the id " + id);
    };
  }
}
