package io.hormesis.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.engine.port.Priority;
import java.util.Arrays;

/**
 * What travels between servers: one byte that tells the kind, the sender's name behind its length,
 * then the body.
 *
 * @param from name of the server that sent it
 */
record Frame(Kind kind, String from, byte[] body) {
  private static final int LONGEST_NAME = 100;

  /** What a frame is for. */
  enum Kind {
    MESSAGE(Priority.REQUEST),
    REPLICATION(Priority.SYSTEM),
    GOSSIP(Priority.SYSTEM),
    TOPOLOGY(Priority.SYSTEM);

    private final Priority priority;

    Kind(Priority priority) {
      this.priority = priority;
    }

    /** How urgent such frames are. */
    Priority priority() {
      return priority;
    }
  }

  byte[] encode() {
    byte[] name = from.getBytes(UTF_8);
    byte[] bytes = new byte[2 + name.length + body.length];
    bytes[0] = mark(kind);
    bytes[1] = (byte) name.length;
    System.arraycopy(name, 0, bytes, 2, name.length);
    System.arraycopy(body, 0, bytes, 2 + name.length, body.length);
    return bytes;
  }

  /**
   * Reads a frame.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static Frame decode(byte[] bytes) {
    if (bytes.length < 2
        || bytes[1] < 1
        || bytes[1] > LONGEST_NAME
        || bytes.length < 2 + bytes[1]) {
      throw new IllegalArgumentException("not a frame: " + bytes.length + " bytes");
    }
    int start = 2 + bytes[1];
    return new Frame(
        kind(bytes[0]),
        new String(bytes, 2, bytes[1], UTF_8),
        Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private static byte mark(Kind kind) {
    return switch (kind) {
      case MESSAGE -> 1;
      case REPLICATION -> 2;
      case GOSSIP -> 3;
      case TOPOLOGY -> 4;
    };
  }

  private static Kind kind(byte mark) {
    return switch (mark) {
      case 1 -> Kind.MESSAGE;
      case 2 -> Kind.REPLICATION;
      case 3 -> Kind.GOSSIP;
      case 4 -> Kind.TOPOLOGY;
      default -> throw new IllegalArgumentException("unknown kind of frame " + mark);
    };
  }
}
