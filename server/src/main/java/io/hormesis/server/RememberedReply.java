package io.hormesis.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.engine.delivery.CallResult;
import java.util.Arrays;

/** A reply as the log keeps it: one byte that says what kind it is, then its body. */
final class RememberedReply {
  private static final byte VALUE = 1;
  private static final byte DECLINED = 2;

  private RememberedReply() {}

  static byte[] encode(CallResult<byte[]> reply) {
    return switch (reply) {
      case CallResult.Replied<byte[]> replied -> marked(VALUE, replied.value());
      case CallResult.Declined<byte[]> declined ->
          marked(DECLINED, declined.reason().getBytes(UTF_8));
      case CallResult.Refused<byte[]> _, CallResult.Unknown<byte[]> _ ->
          throw new IllegalArgumentException("not a worker's reply: " + reply);
    };
  }

  static CallResult<byte[]> decode(byte[] bytes) {
    byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
    return switch (bytes[0]) {
      case VALUE -> new CallResult.Replied<>("", body, true);
      case DECLINED -> new CallResult.Declined<>("", new String(body, UTF_8));
      default -> throw new IllegalArgumentException("unknown kind of reply " + bytes[0]);
    };
  }

  private static byte[] marked(byte kind, byte[] body) {
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = kind;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }
}
