package io.hormesis.simulation.group;

import io.hormesis.replication.Change;
import io.hormesis.replication.KeyState;
import io.hormesis.replication.OutgoingNotice;
import io.hormesis.simulation.group.Entries.Entry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stateful workers of this world: a request and the state it meets give one change. */
final class GroupStep {

  private static final int NOTICE_TYPE = 1;

  private GroupStep() {}

  /** The change that a request makes of a state. */
  static Change of(GroupAsk.Write ask, KeyState before, Instant now) {
    boolean accepted =
        switch (ask) {
          case GroupAsk.File file -> !Entries.of(before.state()).has(file.year());
          case GroupAsk.Note _, GroupAsk.Keep _ -> true;
        };
    Optional<byte[]> next =
        accepted
            ? Optional.of(Entries.with(before.state(), new Entry(ask.year(), ask.request())))
            : Optional.empty();
    return new Change(
        ask.key(),
        ask.requestId(),
        ask.fingerprint(),
        before.version(),
        next,
        reply(accepted ? before.version() + 1 : before.version(), accepted),
        accepted ? notices(ask) : List.of(),
        now);
  }

  static GroupAnswer.Done answer(byte[] reply) {
    ByteBuffer bytes = ByteBuffer.wrap(reply);
    return new GroupAnswer.Done(bytes.getLong(), bytes.get() == 1);
  }

  /** The request that a notice makes of its receiver. */
  static GroupAsk.Keep keep(OutgoingNotice notice) {
    int year = ByteBuffer.wrap(notice.payload()).getInt();
    return new GroupAsk.Keep(notice.key(), Long.parseLong(notice.requestId()), year);
  }

  private static byte[] reply(long version, boolean accepted) {
    return ByteBuffer.allocate(9).putLong(version).put((byte) (accepted ? 1 : 0)).array();
  }

  private static List<OutgoingNotice> notices(GroupAsk.Write ask) {
    return switch (ask) {
      case GroupAsk.File file ->
          List.of(
              new OutgoingNotice(
                  "other",
                  NOTICE_TYPE,
                  file.key(),
                  file.fingerprint(),
                  file.requestId(),
                  new byte[0]));
      case GroupAsk.Note _, GroupAsk.Keep _ -> List.of();
    };
  }
}
