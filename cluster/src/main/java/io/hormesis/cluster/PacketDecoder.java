package io.hormesis.cluster;

import io.hormesis.engine.port.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/**
 * Cuts what comes in on a connection into packets. Nothing is kept of a packet that is longer than
 * it may be, or of a first one that is no greeting: its head alone tells.
 */
final class PacketDecoder extends ByteToMessageDecoder {
  private boolean greeted;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < Packet.HEAD_BYTES) {
      return;
    }
    int head = in.getInt(in.readerIndex());
    int length = Packet.length(head);
    Packet.Kind kind = Packet.kind(head);
    if (!greeted && kind != Packet.Kind.GREETING) {
      throw refused(in, "the first packet must be a greeting, but was none");
    }
    int limit = greeted ? Carrier.FRAME_LIMIT : Greeting.LIMIT_BYTES;
    if (length > limit) {
      throw refused(
          in, "a packet must have at most %d bytes here, but had %d".formatted(limit, length));
    }
    if (in.readableBytes() < Packet.HEAD_BYTES + length) {
      return;
    }
    greeted = true;
    byte[] bytes = new byte[length];
    in.skipBytes(Packet.HEAD_BYTES).readBytes(bytes);
    out.add(new Packet(kind, bytes));
  }

  private static CorruptedFrameException refused(ByteBuf in, String why) {
    in.skipBytes(in.readableBytes());
    return new CorruptedFrameException(why);
  }
}
