package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.engine.port.Priority;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The first packet in each direction of a connection: who speaks, to whom, and what will be
 * carried. What a later version appends is passed over, so that servers of both can greet each
 * other.
 *
 * @param system id of the running system
 * @param from name of the server that speaks
 * @param to name of the server that it means
 * @param incarnation which life of the speaker this is
 * @param priority what the connection carries
 */
record Greeting(String system, String from, String to, long incarnation, Priority priority) {
  /** Longest greeting, with room for what later versions append. */
  static final int LIMIT_BYTES = 1024;

  private static final int LONGEST_NAME_BYTES = 255;

  /** Tells a server from whatever else may speak at a port. */
  private static final int MAGIC = 0x484F524D;

  private static final byte VERSION = 1;

  byte[] encode() {
    byte[] first = system.getBytes(UTF_8);
    byte[] second = from.getBytes(UTF_8);
    byte[] third = to.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Integer.BYTES + 2 + Long.BYTES + 3 + first.length + second.length + third.length);
    bytes.putInt(MAGIC).put(VERSION).put(mark(priority)).putLong(incarnation);
    put(bytes, first);
    put(bytes, second);
    put(bytes, third);
    return bytes.array();
  }

  /**
   * Reads a greeting.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static Greeting decode(byte[] encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(encoded);
      if (bytes.getInt() != MAGIC) {
        throw new IllegalArgumentException("not a greeting of a server");
      }
      byte version = bytes.get();
      if (version < VERSION) {
        throw new IllegalArgumentException(
            "a greeting must be of version %d or later, but was of %d".formatted(VERSION, version));
      }
      Priority priority = priority(bytes.get());
      long incarnation = bytes.getLong();
      return new Greeting(text(bytes), text(bytes), text(bytes), incarnation, priority);
    } catch (BufferUnderflowException cutShort) {
      throw new IllegalArgumentException("a greeting that is cut short", cutShort);
    }
  }

  private static byte mark(Priority priority) {
    return switch (priority) {
      case SYSTEM -> 0;
      case REQUEST -> 1;
      case BACKGROUND -> 2;
    };
  }

  private static Priority priority(byte mark) {
    return switch (mark) {
      case 0 -> Priority.SYSTEM;
      case 1 -> Priority.REQUEST;
      case 2 -> Priority.BACKGROUND;
      default -> throw new IllegalArgumentException("unknown priority " + mark);
    };
  }

  private static void put(ByteBuffer bytes, byte[] text) {
    if (text.length > LONGEST_NAME_BYTES) {
      throw new IllegalArgumentException(
          "a name must have at most %d bytes, but had %d"
              .formatted(LONGEST_NAME_BYTES, text.length));
    }
    bytes.put((byte) text.length).put(text);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[Byte.toUnsignedInt(bytes.get())];
    bytes.get(text);
    return new String(text, UTF_8);
  }
}
