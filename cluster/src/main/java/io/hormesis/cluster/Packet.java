package io.hormesis.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One unit on a connection between servers. On the wire: one byte that tells the kind, three with
 * the length, then so many bytes.
 *
 * @param kind null when it is one that this server does not know, of a newer one: it is passed over
 */
@SuppressWarnings("ArrayRecordComponent")
record Packet(@Nullable Kind kind, byte[] bytes) {
  static final int HEAD_BYTES = 4;
  private static final int LENGTH_MASK = 0xFF_FFFF;
  private static final byte[] NOTHING = {};

  /** What a packet is for. */
  enum Kind {
    /** The first in each direction: who speaks. */
    GREETING(0x48),
    /** A frame of the server's. */
    FRAME(1),
    /** Says nothing but that the connection stands. */
    PULSE(2),
    /** The connection is closed on purpose, and nobody has ended. */
    BYE(3);

    private final int mark;

    Kind(int mark) {
      this.mark = mark;
    }

    static @Nullable Kind of(int mark) {
      for (Kind kind : values()) {
        if (kind.mark == mark) {
          return kind;
        }
      }
      return null;
    }
  }

  /** One that is said by its kind alone. */
  static ByteBuf bare(ByteBufAllocator memory, Kind kind) {
    return encoded(memory, kind, NOTHING);
  }

  static ByteBuf encoded(ByteBufAllocator memory, Kind kind, byte[] bytes) {
    if (bytes.length > LENGTH_MASK) {
      throw new IllegalArgumentException("no packet has %d bytes".formatted(bytes.length));
    }
    return memory
        .directBuffer(HEAD_BYTES + bytes.length)
        .writeByte(kind.mark)
        .writeMedium(bytes.length)
        .writeBytes(bytes);
  }

  /** The length that a head promises. */
  static int length(int head) {
    return head & LENGTH_MASK;
  }

  /** The kind that a head names; null when it is not known. */
  static @Nullable Kind kind(int head) {
    return Kind.of(head >>> 24);
  }
}
