package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a state machine that takes a call, hands it on, and sends its reply, one call
 * after the other. In each state it has a time limit, and where it waits for its caller it may have
 * to give way to another connection (see {@link Places}).
 *
 * <p>Its last reply is followed by the end of its own half; then it forgets what still comes, for a
 * moment: a connection closed over unread bytes is reset, and the reset can overtake the reply (RFC
 * 9112, section 9.6).
 *
 * <p>Used by the thread of its listener.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements Places.Connection {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int LINGER_BYTES = 1024 * 1024;

  private final Listener listener;
  private final EdgeSettings settings;
  private final Places places;
  private final RequestDecoder decoder;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private State state = State.SILENT;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Alarm alarm;
  private @Nullable HttpRequest head;
  private boolean last;
  private boolean inputEnded;

  /** What it waits for. */
  private enum State {
    /** Its first head. */
    SILENT,
    /** The rest of a later head. */
    HEAD,
    /** The rest of a body. */
    BODY,
    /** The reply, from those inside. */
    ANSWERING,
    /** Its caller, to read the reply. */
    REPLYING,
    /** Its next call. */
    IDLE,
    /** Its caller, to hang up. */
    LINGERING
  }

  HttpConnection(Listener listener, Places places, RequestDecoder decoder) {
    this.listener = listener;
    this.settings = listener.settings();
    this.places = places;
    this.decoder = decoder;
  }

  @Override
  public InetAddress address() {
    return ((InetSocketAddress) context().channel().remoteAddress()).getAddress();
  }

  @Override
  public void giveWay() {
    hangUp();
  }

  /** The listener is closing: the reply under way is its last. */
  void end() {
    last = true;
    if (state == State.SILENT || state == State.IDLE) {
      hangUp();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    alarm = new Alarm(active.channel().eventLoop(), this::overdue);
    if (!places.open(this)) {
      hangUp();
      return;
    }
    alarm.in(settings.times().head());
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    places.closed(this);
    if (alarm != null) {
      alarm.cancel();
    }
  }

  /** The first byte of a head has come. */
  void headBegins() {
    if (state == State.IDLE) {
      enter(State.HEAD, settings.times().head());
      places.waits(this);
    }
  }

  WholeRequest whole() {
    return listener.whole();
  }

  /** The bytes that refuse the next request, whatever it says; empty: it must be read. */
  Optional<ByteBuf> turnsAll() {
    return last ? Optional.empty() : listener.turnsAll();
  }

  /** Refuses a request that is not read; false: it must be. */
  boolean turnAway(ByteBuf refusal) {
    listener.replies().writeThose();
    if (!places.speaks(this)) {
      return false;
    }
    decoder.pause();
    enter(State.REPLYING, settings.times().call());
    sending(decoder.write(refusal));
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object part) {
    try {
      if (state == State.LINGERING) {
        return;
      }
      if (part instanceof HttpRequest request) {
        headCame(request);
      }
      if (part instanceof HttpContent content && state == State.BODY) {
        bodyCame(content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext complete) {
    if (state == State.BODY && head != null) {
      places.waits(this);
      alarm().in(listener.answering().bodyLimit(head.method().name(), target(head)));
    }
    if (state == State.LINGERING && decoder.discarded() > LINGER_BYTES) {
      hangUp();
    }
  }

  private void headCame(HttpRequest request) {
    head = request;
    if (!places.speaks(this)) {
      refuse(
          Problem.overloaded(
              "connections that have called must be at most %d, but are more: try again after 1 s"
                  .formatted(settings.places().speaking())));
      return;
    }
    Optional<Problem> wrong = HeadCheck.problem(request, settings.bodyLimit());
    if (wrong.isPresent()) {
      refuse(wrong.get());
      return;
    }
    last |= !HttpUtil.isKeepAlive(request);
    body.reset();
    state = State.BODY;
    if (HttpUtil.is100ContinueExpected(request)) {
      var _ = context().writeAndFlush(HttpReplies.goOn());
    }
  }

  private void bodyCame(HttpContent content) {
    ByteBuf bytes = content.content();
    if (content.decoderResult().isFailure()) {
      refuse(HeadCheck.brokenChunks());
    } else if (body.size() + bytes.readableBytes() > settings.bodyLimit()
        || decoder.bodyIsTooDear()) {
      refuse(HeadCheck.tooLarge(settings.bodyLimit(), Optional.empty()));
    } else {
      append(bytes);
      if (content instanceof LastHttpContent) {
        callCame();
      }
    }
  }

  private void append(ByteBuf bytes) {
    try {
      bytes.readBytes(body, bytes.readableBytes());
    } catch (IOException impossible) {
      throw new IllegalStateException("a buffer in memory takes all", impossible);
    }
  }

  private void callCame() {
    listener.replies().writeThose();
    HttpRequest request = requireHead();
    places.works(this);
    decoder.pause();
    enter(State.ANSWERING, settings.times().call());
    HttpCall call =
        HttpCall.of(
            request.method().name(),
            target(request),
            request.headers()::getAll,
            body.toByteArray(),
            listener.lag().now());
    body.reset();
    CompletableFuture<HttpReply> reply = listener.answer(call);
    if (reply.isDone()) {
      reply(reply.join());
    } else {
      var _ = reply.thenAcceptAsync(this::reply, listener.replies());
    }
  }

  /** The path and query; a caller who takes us for a proxy writes our address before them. */
  private static String target(HttpRequest request) {
    String uri = request.uri();
    int authority = uri.startsWith("http://") ? uri.indexOf('/', "http://".length()) : 0;
    return authority > 0 ? uri.substring(authority) : uri;
  }

  /** What comes next in the connection can no longer be told apart: the reply is its last. */
  private void refuse(Problem problem) {
    last = true;
    Optional<String> trace =
        Optional.ofNullable(head).map(it -> it.headers().get(Front.TRACEPARENT));
    reply(listener.answering().refuse(problem, trace));
  }

  private void reply(HttpReply reply) {
    ChannelHandlerContext to = context();
    if (!to.channel().isActive()) {
      return;
    }
    last |= listener.closing();
    decoder.pause();
    boolean toHead = head != null && head.method().name().equals("HEAD");
    enter(State.REPLYING, settings.times().call());
    sending(to.writeAndFlush(HttpReplies.of(reply, toHead, last)));
  }

  private void sending(ChannelFuture written) {
    if (written.isDone()) {
      replied(written);
    } else {
      places.waits(this);
      written.addListener(_ -> replied(written));
    }
  }

  private void replied(ChannelFuture written) {
    head = null;
    if (!written.isSuccess() || (last && inputEnded)) {
      hangUp();
    } else if (last) {
      linger();
    } else {
      enter(State.IDLE, settings.times().idle());
      places.waits(this);
      decoder.resume();
    }
  }

  private void linger() {
    enter(State.LINGERING, LINGER);
    places.waits(this);
    decoder.discard();
    context().channel().config().setAutoRead(true);
    var _ = ((DuplexChannel) context().channel()).shutdownOutput();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext where, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      last = true;
      if (state != State.ANSWERING && state != State.REPLYING) {
        hangUp();
      }
    }
    where.fireUserEventTriggered(event);
  }

  private void overdue() {
    if (state == State.BODY) {
      refuse(
          Problem.tooSlow(
              "body must come whole within the deadline of its path, but did not: send it faster"));
    } else {
      hangUp();
    }
  }

  /** A reset, mostly; or an error of ours. */
  @Override
  public void exceptionCaught(ChannelHandlerContext where, Throwable failure) {
    if (!(failure instanceof IOException)) {
      LOG.error("A connection cannot go on", failure);
    }
    hangUp();
  }

  private void hangUp() {
    var _ = context().close();
  }

  private void enter(State next, Duration limit) {
    state = next;
    alarm().in(limit);
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return context;
  }

  private Alarm alarm() {
    if (alarm == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return alarm;
  }

  private HttpRequest requireHead() {
    if (head == null) {
      throw new IllegalStateException("a body came before its head");
    }
    return head;
  }
}
