package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.time.Instant;
import java.util.IdentityHashMap;

/**
 * The bytes of the few replies that many get: encoded once a second, for their date, and not for
 * each caller.
 *
 * <p>Used by one thread.
 */
final class EncodedReplies {
  private final IdentityHashMap<HttpReply, ByteBuf> bytes = new IdentityHashMap<>();
  private long second;

  /** The bytes of a reply; to be written once. */
  ByteBuf of(HttpReply wanted) {
    long now = Instant.now().getEpochSecond();
    if (now != second) {
      second = now;
      bytes.clear();
    }
    return bytes
        .computeIfAbsent(wanted, it -> Unpooled.unreleasableBuffer(encoded(it)))
        .duplicate();
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
