package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests off a connection, one at a time: what a caller sends ahead (pipelining) stays
 * unread bytes until its turn, and no more than {@link #AHEAD} of them are taken.
 *
 * <p>It is stricter than the decoder that it extends, where two readers could see two different
 * requests in the same bytes: a length beside chunks, a header folded over two lines.
 */
final class RequestDecoder extends HttpRequestDecoder {
  static final int HEADERS_LIMIT = 16 * 1024;
  static final int LINE_LIMIT = 4096;

  /** How many bytes of later requests are held. */
  private static final int AHEAD = 16 * 1024;

  private final long bodyCost;
  private final int bodyLimit;
  private @Nullable HttpConnection connection;
  private @Nullable ChannelHandlerContext context;
  private final HeadScan scan = new HeadScan();
  private boolean inHead = true;
  private boolean paused;
  private boolean decoding;
  private boolean inputEnded;
  private long discarded = -1;
  private long bodyBytes;

  /**
   * A decoder.
   *
   * @param bodyLimit most bytes of a body
   * @param bodyCost most bytes that a body may take on the wire, chunks' heads and trailers
   *     included
   */
  RequestDecoder(int bodyLimit, long bodyCost) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_LIMIT)
            .setMaxHeaderSize(HEADERS_LIMIT)
            .setStrictLineParsing(true));
    this.bodyLimit = bodyLimit;
    this.bodyCost = bodyCost;
  }

  /** Names the connection whose requests it reads. */
  void attach(HttpConnection whose) {
    connection = whose;
  }

  /** Writes bytes as they are. */
  ChannelFuture write(ByteBuf bytes) {
    if (context == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return context.writeAndFlush(bytes);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** Whether the body under way has taken more bytes on the wire than it may. */
  boolean bodyIsTooDear() {
    return bodyBytes > bodyCost;
  }

  /** Leaves what comes unread until {@link #resume}. */
  void pause() {
    paused = true;
  }

  /** Reads on, if there is something. */
  void resume() {
    paused = false;
    if (context == null || decoding) {
      return;
    }
    context.channel().config().setAutoRead(true);
    try {
      if (actualReadableBytes() > 0) {
        channelRead(context, Unpooled.EMPTY_BUFFER);
      }
      if (inputEnded && !paused) {
        inputEnded = false;
        super.userEventTriggered(context, ChannelInputShutdownEvent.INSTANCE);
      }
    } catch (Exception failure) {
      context.fireExceptionCaught(failure);
    }
  }

  /** Forgets all that comes from now on. */
  void discard() {
    discarded = 0;
  }

  /** How many bytes were forgotten. */
  long discarded() {
    return discarded;
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) throws Exception {
    if (discarded >= 0) {
      discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
      ReferenceCountUtil.release(message);
      return;
    }
    decoding = true;
    try {
      super.channelRead(reading, message);
    } finally {
      decoding = false;
    }
    if (paused && actualReadableBytes() > AHEAD) {
      reading.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext where, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent && paused && discarded < 0) {
      inputEnded = true;
      return;
    }
    super.userEventTriggered(where, event);
  }

  @Override
  protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> out)
      throws Exception {
    if (paused || turnedAway(in)) {
      return;
    }
    if (inHead && scan.goOn(in) && connection != null) {
      connection.headBegins();
    }
    int before = in.readableBytes();
    int had = out.size();
    super.decode(reading, in, out);
    int taken = before - in.readableBytes();
    if (inHead) {
      scan.taken(taken);
    } else {
      bodyBytes += taken;
    }
    out.subList(had, out.size()).forEach(this::decoded);
  }

  /** A whole request that would be refused in any case is not read. */
  private boolean turnedAway(ByteBuf in) {
    if (!inHead || !scan.atBegin() || connection == null) {
      return false;
    }
    Optional<ByteBuf> refusal = connection.turnsAll();
    if (refusal.isEmpty()) {
      return false;
    }
    int request = connection.whole().length(in, bodyLimit);
    if (request == WholeRequest.NONE || !connection.turnAway(refusal.get())) {
      return false;
    }
    in.skipBytes(request);
    return true;
  }

  private void decoded(Object part) {
    if (part instanceof HttpRequest request) {
      inHead = false;
      bodyBytes = 0;
      if (scan.folded()) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("a folded header")));
      }
    }
    if (part instanceof LastHttpContent) {
      inHead = true;
      scan.begin();
    }
  }

  /** A length beside chunks is one of two lengths: somebody else may believe the other. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
