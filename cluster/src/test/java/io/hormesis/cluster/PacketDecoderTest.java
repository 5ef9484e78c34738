package io.hormesis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How bytes become packets, and how little is kept of those that do not. */
final class PacketDecoderTest {
  private static final byte[] HELLO = {1, 2, 3};

  private final EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder());

  @Test
  void packetsComeOutWhereverTheStreamIsCut() {
    ByteBuf all =
        Unpooled.wrappedBuffer(
            packet(Packet.Kind.GREETING, HELLO),
            packet(Packet.Kind.PULSE, new byte[0]),
            packet(Packet.Kind.FRAME, new byte[Carrier.FRAME_LIMIT]));
    SplittableRandom random = new SplittableRandom(15);
    while (all.isReadable()) {
      int part = Math.min(all.readableBytes(), random.nextInt(1, 5000));
      channel.writeInbound(all.readRetainedSlice(part));
    }
    assertThat(channel.<Packet>readInbound().bytes()).isEqualTo(HELLO);
    assertThat(channel.<Packet>readInbound().kind()).isEqualTo(Packet.Kind.PULSE);
    assertThat(channel.<Packet>readInbound().bytes()).hasSize(Carrier.FRAME_LIMIT);
  }

  @Test
  void aFirstPacketThatIsNoGreetingIsRefusedByItsHead() {
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.copyInt(0x01_00_00_05)))
        .isInstanceOf(CorruptedFrameException.class)
        .hasMessage("the first packet must be a greeting, but was none");
  }

  @Test
  void aGreetingThatIsTooLongIsRefusedByItsHead() {
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.copyInt(0x48_00_04_01)))
        .hasMessage("a packet must have at most 1024 bytes here, but had 1025");
  }

  @Test
  void aFrameThatIsTooLongIsRefusedByItsHead() {
    channel.writeInbound(packet(Packet.Kind.GREETING, HELLO));
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.copyInt(0x01_FF_FF_FF)))
        .hasMessage("a packet must have at most 245760 bytes here, but had 16777215");
  }

  @Test
  void aKindOfALaterVersionComesOutWithoutAName() {
    channel.writeInbound(packet(Packet.Kind.GREETING, HELLO));
    channel.writeInbound(Unpooled.copyInt(0x77_00_00_00));
    assertThat(channel.<Packet>readInbound().kind()).isEqualTo(Packet.Kind.GREETING);
    assertThat(channel.<Packet>readInbound().kind()).isNull();
  }

  private static ByteBuf packet(Packet.Kind kind, byte[] bytes) {
    return Packet.encoded(UnpooledByteBufAllocator.DEFAULT, kind, bytes);
  }
}
