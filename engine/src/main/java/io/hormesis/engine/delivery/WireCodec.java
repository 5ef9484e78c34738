package io.hormesis.engine.delivery;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Parcels as CBOR: an array of version, kind, and the fields in their order. Kinds are numbers that
 * never change their meaning.
 */
public final class WireCodec {
  private static final int VERSION = 1;
  private static final int OUTBOUND = 1;
  private static final int VALUE = 2;
  private static final int DECLINED = 3;
  private static final int REFUSED = 4;
  private static final int UNKNOWN = 5;
  private static final int ELSEWHERE = 6;
  private static final int BUSY = 7;

  private final CBORFactory factory =
      CBORFactory.builder()
          .recyclerPool(Buffers.POOL)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(4).maxTokenCount(100).build())
          .build();

  /** Encodes a parcel. */
  public byte[] encode(WireMessage wireMessage) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartArray();
      out.writeNumber(VERSION);
      switch (wireMessage) {
        case WireMessage.Outbound(Envelope envelope) -> write(out, envelope);
        case WireMessage.Inbound inbound -> write(out, inbound);
      }
      out.writeEndArray();
    }
    return bytes.toByteArray();
  }

  /**
   * Decodes a parcel.
   *
   * @throws MalformedMessage when the bytes are no parcel of a known version
   */
  public WireMessage decode(byte[] bytes) {
    try (JsonParser in = factory.createParser(ObjectReadContext.empty(), bytes)) {
      expect(in.nextToken() == JsonToken.START_ARRAY, "array");
      int version = integer(in);
      expect(version == VERSION, "version " + VERSION + " but " + version);
      int kind = integer(in);
      WireMessage wireMessage =
          kind == OUTBOUND ? new WireMessage.Outbound(envelope(in)) : inbound(kind, in);
      expect(in.nextToken() == JsonToken.END_ARRAY, "end of array");
      return wireMessage;
    } catch (JacksonException | IllegalArgumentException | ArithmeticException failure) {
      throw new MalformedMessage("not a parcel: " + failure.getMessage(), failure);
    }
  }

  private static void write(JsonGenerator out, Envelope envelope) {
    out.writeNumber(OUTBOUND);
    out.writeNumber(envelope.call());
    out.writeString(envelope.asker());
    out.writeString(envelope.to().toString());
    out.writeNumber(envelope.type());
    out.writeBinary(envelope.payload());
    out.writeString(envelope.requestId());
    out.writeNumber(envelope.leftMillis());
    out.writeNumber(envelope.attempt());
    out.writeString(envelope.trace().traceparent());
  }

  private static Envelope envelope(JsonParser in) {
    return new Envelope(
        number(in),
        text(in),
        Target.parse(text(in)),
        integer(in),
        binary(in),
        text(in),
        number(in),
        integer(in),
        Trace.parse(text(in)).orElseThrow(() -> new IllegalArgumentException("bad traceparent")));
  }

  private static void write(JsonGenerator out, WireMessage.Inbound inbound) {
    switch (inbound.response()) {
      case Response.Value value -> {
        head(out, VALUE, inbound);
        out.writeBinary(value.value());
        out.writeBoolean(value.durable());
      }
      case Response.Declined declined -> {
        head(out, DECLINED, inbound);
        out.writeString(declined.reason());
      }
      case Response.Refused refused -> {
        head(out, REFUSED, inbound);
        out.writeNumber(code(refused.cause()));
        out.writeString(refused.reason());
      }
      case Response.Unknown unknown -> {
        head(out, UNKNOWN, inbound);
        out.writeString(unknown.reason());
      }
      case Response.Elsewhere elsewhere -> {
        head(out, ELSEWHERE, inbound);
        out.writeString(elsewhere.server().orElse(""));
      }
      case Response.Busy busy -> {
        head(out, BUSY, inbound);
        out.writeString(busy.reason());
      }
    }
  }

  private static void head(JsonGenerator out, int kind, WireMessage.Inbound inbound) {
    out.writeNumber(kind);
    out.writeNumber(inbound.call());
    out.writeString(inbound.from());
  }

  private static WireMessage inbound(int kind, JsonParser in) {
    long call = number(in);
    String from = text(in);
    Response response =
        switch (kind) {
          case VALUE -> new Response.Value(binary(in), truth(in));
          case DECLINED -> new Response.Declined(text(in));
          case REFUSED -> new Response.Refused(cause(integer(in)), text(in));
          case UNKNOWN -> new Response.Unknown(text(in));
          case ELSEWHERE ->
              new Response.Elsewhere(Optional.of(text(in)).filter(it -> !it.isEmpty()));
          case BUSY -> new Response.Busy(text(in));
          default -> throw new IllegalArgumentException("unknown kind " + kind);
        };
    return new WireMessage.Inbound(call, from, response);
  }

  private static int code(CallResult.Cause cause) {
    return switch (cause) {
      case UNAVAILABLE -> 1;
      case CRASHED -> 2;
      case KEY_REUSED -> 3;
      case KEY_FORGOTTEN -> 4;
      case NOT_UNDERSTOOD -> 5;
    };
  }

  private static CallResult.Cause cause(int code) {
    return switch (code) {
      case 1 -> CallResult.Cause.UNAVAILABLE;
      case 2 -> CallResult.Cause.CRASHED;
      case 3 -> CallResult.Cause.KEY_REUSED;
      case 4 -> CallResult.Cause.KEY_FORGOTTEN;
      case 5 -> CallResult.Cause.NOT_UNDERSTOOD;
      default -> throw new IllegalArgumentException("unknown cause " + code);
    };
  }

  private static int integer(JsonParser in) {
    return Math.toIntExact(number(in));
  }

  private static long number(JsonParser in) {
    expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT, "number");
    return in.getLongValue();
  }

  private static String text(JsonParser in) {
    expect(in.nextToken() == JsonToken.VALUE_STRING, "text");
    return in.getString();
  }

  private static byte[] binary(JsonParser in) {
    expect(in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT, "bytes");
    return in.getBinaryValue();
  }

  private static boolean truth(JsonParser in) {
    JsonToken token = in.nextToken();
    expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "truth value");
    return token == JsonToken.VALUE_TRUE;
  }

  private static void expect(boolean met, String what) {
    if (!met) {
      throw new IllegalArgumentException("expected " + what);
    }
  }
}
