package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One piece of a group's record as it stands in a checkpoint. Type ids never change. */
sealed interface StateItem {

  /** In the first version, notices had no request context. */
  int VERSION = 2;

  /** Opens a checkpoint. */
  record Head(Instant now, long lastNotice) implements StateItem {}

  record Key(KeyState state) implements StateItem {}

  record Answered(ReplicatedState.Request request, ReplicatedState.Reply reply)
      implements StateItem {}

  record Forgotten(ReplicatedState.Request request) implements StateItem {}

  record Waiting(long number, OutgoingNotice notice) implements StateItem {}

  /** Packs items into parts of about {@code partBytes}; an item is never split. */
  static List<byte[]> pack(List<StateItem> items, int partBytes) {
    List<byte[]> parts = new ArrayList<>();
    CborWriter out = new CborWriter(partBytes);
    for (StateItem item : items) {
      int before = out.size();
      item.write(out);
      if (before > 0 && out.size() > partBytes) {
        parts.add(out.cut(before));
      }
    }
    parts.add(out.cut(out.size()));
    return parts;
  }

  /** Reads the items of one part; {@link Malformed} when there are none. */
  static List<StateItem> unpack(byte[] part) {
    return CborReader.sequence(
        part,
        in -> {
          List<StateItem> items = new ArrayList<>();
          while (in.hasNext()) {
            items.add(read(in));
          }
          return items;
        });
  }

  /** The CRC32C of items, as they stand in a checkpoint. */
  static long checksum(List<StateItem> items) {
    CRC32C crc = new CRC32C();
    CborWriter out = new CborWriter(256);
    for (StateItem item : items) {
      item.write(out);
      out.drainTo(crc);
    }
    return crc.getValue();
  }

  private void write(CborWriter out) {
    switch (this) {
      case Head head ->
          out.array(5).number(0).number(VERSION).instant(head.now()).number(head.lastNotice());
      case Key key ->
          out.array(4)
              .number(1)
              .text(key.state().key())
              .number(key.state().version())
              .bytes(key.state().state().orElse(null));
      case Answered answered ->
          writeRequest(out.array(7).number(2), answered.request())
              .bytes(answered.reply().fingerprint())
              .bytes(answered.reply().bytes())
              .instant(answered.reply().at());
      case Forgotten gone -> writeRequest(out.array(3).number(3), gone.request());
      case Waiting waiting -> {
        out.array(3).number(4).number(waiting.number());
        LogCommand.writeNotice(out, waiting.notice());
      }
    }
    out.end();
  }

  private static CborWriter writeRequest(CborWriter out, ReplicatedState.Request request) {
    return out.text(request.key()).text(request.id());
  }

  private static StateItem read(CborReader in) {
    in.open();
    int type = in.smallCount();
    StateItem item =
        switch (type) {
          case 0 -> readHead(in);
          case 1 -> readKey(in);
          case 2 -> {
            ReplicatedState.Request request = readRequest(in);
            byte[] fingerprint = in.bytes();
            byte[] reply = in.bytes();
            Instant at = in.instant();
            yield new Answered(request, new ReplicatedState.Reply(fingerprint, reply, at));
          }
          case 3 -> new Forgotten(readRequest(in));
          case 4 -> {
            long number = in.count();
            yield new Waiting(number, LogCommand.readNotice(in));
          }
          default -> throw new Malformed("no item has the type " + type);
        };
    in.close();
    return item;
  }

  private static Head readHead(CborReader in) {
    int version = in.smallCount();
    if (version < 1 || version > VERSION) {
      throw new Malformed("checkpoint of version %d, known is %d".formatted(version, VERSION));
    }
    Instant now = in.instant();
    return new Head(now, in.count());
  }

  private static Key readKey(CborReader in) {
    String key = in.text();
    long version = in.count();
    Optional<byte[]> state = in.optional(CborReader::bytes);
    return new Key(new KeyState(key, version, state));
  }

  private static ReplicatedState.Request readRequest(CborReader in) {
    String key = in.text();
    return new ReplicatedState.Request(key, in.text());
  }
}
