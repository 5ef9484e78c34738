package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a reply that many get: encoded once a second, for its date, and not for each caller.
 *
 * <p>Used by one thread.
 */
final class EncodedReply {
  private @Nullable HttpReply reply;
  private long second;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  /** The bytes of a reply; to be written once. */
  ByteBuf of(HttpReply wanted) {
    long now = Instant.now().getEpochSecond();
    if (wanted != reply || now != second) {
      reply = wanted;
      second = now;
      bytes = Unpooled.unreleasableBuffer(encoded(wanted));
    }
    return bytes.duplicate();
  }

  private static ByteBuf encoded(HttpReply reply) {
    var channel = new EmbeddedChannel(new HttpResponseEncoder());
    channel.writeOutbound(HttpReplies.of(reply, false, false));
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    channel.finishAndReleaseAll();
    return all;
  }
}
