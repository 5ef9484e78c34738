package io.hormesis.replication;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands in an entry of a group's log. Type ids never change their meaning. */
sealed interface LogCommand {

  /** In the first version, notices had no request context. */
  int VERSION = 2;

  /**
   * One step, with the limits of the leader that took it: so all members decide alike, also when
   * their settings differ.
   */
  record Step(Change change, int outboxLimit, Duration replyMemory) implements LogCommand {}

  /** Notices that were delivered. */
  record Delivered(List<Long> numbers) implements LogCommand {
    public Delivered {
      numbers = List.copyOf(numbers);
    }
  }

  /** The first entry of a leader: it commits what earlier leaders left. */
  record NewTerm() implements LogCommand {}

  default byte[] encode() {
    return CborWriter.write(out -> {
      switch (this) {
        case Step step -> write(out.array(13).number(VERSION).number(1), step);
        case Delivered delivered ->
            out.array(3).number(VERSION).number(2).list(delivered.numbers(), CborWriter::number);
        case NewTerm _ -> out.array(2).number(VERSION).number(3);
      }
      out.end();
    });
  }

  private static void write(CborWriter out, Step step) {
    Change change = step.change();
    out.text(change.key())
        .text(change.requestId())
        .bytes(change.fingerprint())
        .number(change.expectedVersion())
        .bytes(change.nextState().orElse(null))
        .bytes(change.reply())
        .list(change.notices(), LogCommand::writeNotice)
        .instant(change.at())
        .number(step.outboxLimit())
        .number(step.replyMemory().toSeconds());
  }

  static void writeNotice(CborWriter out, OutgoingNotice notice) {
    out.array(6).text(notice.process()).number(notice.type()).text(notice.key());
    out.bytes(notice.payload()).text(notice.requestId()).bytes(notice.context()).end();
  }

  /** Reads a command; {@link Malformed} when it is none, or of a newer version. */
  static LogCommand decode(byte[] bytes) {
    return CborReader.read(
        bytes,
        in -> {
          in.open();
          int version = in.smallCount();
          if (version < 1 || version > VERSION) {
            throw new Malformed("command of version %d, known is %d".formatted(version, VERSION));
          }
          int type = in.smallCount();
          LogCommand command =
              switch (type) {
                case 1 -> readStep(in);
                case 2 -> new Delivered(in.list(CborReader::count));
                case 3 -> new NewTerm();
                default -> throw new Malformed("no command has the type " + type);
              };
          in.close();
          return command;
        });
  }

  private static Step readStep(CborReader in) {
    String key = in.text();
    String requestId = in.text();
    byte[] fingerprint = in.bytes();
    long expected = in.count();
    Optional<byte[]> next = in.optional(CborReader::bytes);
    byte[] reply = in.bytes();
    List<OutgoingNotice> notices = in.list(LogCommand::readNotice);
    Instant at = in.instant();
    Change change = new Change(key, requestId, fingerprint, expected, next, reply, notices, at);
    return new Step(change, in.smallCount(), Duration.ofSeconds(in.count()));
  }

  static OutgoingNotice readNotice(CborReader in) {
    in.open();
    String process = in.text();
    int type = in.integer();
    String key = in.text();
    byte[] payload = in.bytes();
    String requestId = in.text();
    byte[] context = in.hasMore() ? in.bytes() : new byte[0];
    in.close();
    return new OutgoingNotice(process, type, key, payload, requestId, context);
  }
}
