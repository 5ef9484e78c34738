package io.hormesis.engine.delivery;

import io.hormesis.engine.cbor.CborReader;
import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Wire messages as CBOR: an array of version, kind, a few fixed fields, and the request context as
 * tagged optional headers ({@link ContextCodec}), which newer servers may add to. Kinds and causes
 * are numbers that never change their meaning.
 */
public final class WireCodec {
  private static final int VERSION = 2;
  private static final int OUTBOUND = 1;
  private static final int REPLIED = 2;
  private static final int DECLINED = 3;
  private static final int REFUSED = 4;
  private static final int UNKNOWN = 5;
  private static final String NOWHERE = "";

  /** Encodes a message. */
  public byte[] encode(WireMessage message) {
    return CborWriter.write(out -> {
      switch (message) {
        case WireMessage.Outbound(Envelope envelope) -> write(out, envelope);
        case WireMessage.Inbound inbound -> write(out, inbound);
      }
      out.end();
    });
  }

  /**
   * Decodes a message.
   *
   * @throws MalformedMessage when the bytes are none of a known version
   */
  public WireMessage decode(byte[] bytes) {
    try {
      return CborReader.read(bytes, WireCodec::read);
    } catch (Malformed malformed) {
      throw new MalformedMessage("not a wire message: " + malformed.getMessage(), malformed);
    }
  }

  private static WireMessage read(CborReader in) {
    in.open();
    int version = in.smallCount();
    if (version != VERSION) {
      throw new Malformed("version %d, known is %d".formatted(version, VERSION));
    }
    int kind = in.smallCount();
    WireMessage message =
        kind == OUTBOUND ? new WireMessage.Outbound(envelope(in)) : inbound(kind, in);
    in.close();
    return message;
  }

  private static void write(CborWriter out, Envelope envelope) {
    out.array(11).number(VERSION).number(OUTBOUND);
    out.number(envelope.call()).text(envelope.asker());
    out.text(envelope.to().process()).number(envelope.to().partition().orElse(-1));
    out.text(envelope.key()).number(envelope.type()).bytes(envelope.payload());
    out.number(envelope.leftMillis());
    ContextCodec.write(out, envelope.context());
  }

  private static Envelope envelope(CborReader in) {
    long call = in.number();
    String asker = in.text();
    String process = in.text();
    int partition = in.integer();
    Target to =
        new Target(process, partition < 0 ? OptionalInt.empty() : OptionalInt.of(partition));
    return new Envelope(
        call,
        asker,
        to,
        in.text(),
        in.smallCount(),
        in.bytes(),
        in.number(),
        ContextCodec.read(in));
  }

  private static void write(CborWriter out, WireMessage.Inbound inbound) {
    switch (inbound.result()) {
      case CallResult.Replied<byte[]> it ->
          head(out, 6, REPLIED, inbound).bytes(it.value()).flag(it.durable());
      case CallResult.Declined<byte[]> it -> head(out, 5, DECLINED, inbound).text(it.reason());
      case CallResult.Refused<byte[]> it ->
          head(out, 7, REFUSED, inbound)
              .number(code(it.cause()))
              .text(it.reason())
              .text(it.hint().orElse(null));
      case CallResult.Unknown<byte[]> it -> head(out, 5, UNKNOWN, inbound).text(it.reason());
    }
  }

  private static CborWriter head(CborWriter out, int items, int kind, WireMessage.Inbound inbound) {
    return out.array(items)
        .number(VERSION)
        .number(kind)
        .number(inbound.call())
        .text(inbound.from());
  }

  private static WireMessage.Inbound inbound(int kind, CborReader in) {
    long call = in.number();
    String from = in.text();
    CallResult<byte[]> result =
        switch (kind) {
          case REPLIED -> new CallResult.Replied<>(NOWHERE, in.bytes(), in.flag());
          case DECLINED -> new CallResult.Declined<>(NOWHERE, in.text());
          case REFUSED -> refused(in);
          case UNKNOWN -> new CallResult.Unknown<>(NOWHERE, in.text());
          default -> throw new Malformed("unknown kind " + kind);
        };
    return new WireMessage.Inbound(call, from, result);
  }

  private static CallResult<byte[]> refused(CborReader in) {
    CallResult.Cause cause = cause(in.smallCount());
    String reason = in.text();
    Optional<String> hint = in.optional(CborReader::text);
    return new CallResult.Refused<>(NOWHERE, cause, reason, hint);
  }

  private static int code(CallResult.Cause cause) {
    return switch (cause) {
      case UNAVAILABLE -> 1;
      case CRASHED -> 2;
      case KEY_REUSED -> 3;
      case KEY_FORGOTTEN -> 4;
      case NOT_UNDERSTOOD -> 5;
      case NOT_HERE -> 6;
      case ISOLATED -> 7;
      case CONFLICT -> 8;
      case OVERLOADED -> 9;
      case EXPIRED -> 10;
      case DEADLY -> 11;
    };
  }

  /** A cause of a newer server is one that nothing can be done about. */
  private static CallResult.Cause cause(int code) {
    return switch (code) {
      case 2 -> CallResult.Cause.CRASHED;
      case 3 -> CallResult.Cause.KEY_REUSED;
      case 4 -> CallResult.Cause.KEY_FORGOTTEN;
      case 5 -> CallResult.Cause.NOT_UNDERSTOOD;
      case 6 -> CallResult.Cause.NOT_HERE;
      case 7 -> CallResult.Cause.ISOLATED;
      case 8 -> CallResult.Cause.CONFLICT;
      case 9 -> CallResult.Cause.OVERLOADED;
      case 10 -> CallResult.Cause.EXPIRED;
      case 11 -> CallResult.Cause.DEADLY;
      default -> CallResult.Cause.UNAVAILABLE;
    };
  }
}
