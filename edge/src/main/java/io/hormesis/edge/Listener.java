package io.hormesis.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on a loopback address that hands each call to one function, on an event loop:
 * what answers must not wait. What is no HTTP is answered here, what takes too long is cut off
 * here.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 1024;
  private static final int READ_BYTES = 16 * 1024;

  /** A body in chunks of one byte costs six bytes for each of its own. */
  private static final int CHUNK_COST = 6;

  private final EdgeSettings settings;
  private final Answering answering;
  private final EventLoop loop;
  private final LoopLag lag;
  private final ChannelGroup connections;
  private final Places places;
  private final EncodedReplies encoded = new EncodedReplies();
  private final WholeRequest whole = new WholeRequest();
  private final ReadyReplies replies;
  private final Channel server;
  private volatile boolean closing;

  private Listener(String purpose, EdgeSettings settings, Answering answering, HttpLoop loop) {
    this.settings = settings;
    this.answering = answering;
    this.loop = loop.next();
    this.lag = loop.lag();
    this.replies = new ReadyReplies(this.loop);
    this.connections = new DefaultChannelGroup(this.loop);
    this.places = new Places(settings.places());
    this.server = bind(purpose, loopback(purpose, settings.host()));
  }

  /** What answers a call. */
  interface Answering {

    /** Answers a call, without waiting; the future ends soon, and normally. */
    CompletableFuture<HttpReply> answer(HttpCall call);

    /**
     * What whoever calls now is told, before his call is read; empty: it must be read.
     *
     * @param waited how long it may have waited to be read
     */
    default Optional<HttpReply> turnsAll(Duration waited) {
      return Optional.empty();
    }

    /** The reply to what never became a call. */
    default HttpReply refuse(Problem problem, Optional<String> traceparent) {
      return problem.reply(Optional.empty());
    }

    /** How long the body of a call may take, from its head on. */
    default Duration bodyLimit(String method, String target) {
      return EdgeSettings.BODY_TIME;
    }
  }

  /**
   * Opens a listener.
   *
   * @param purpose such as {@code edge}, for errors' texts
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  static Listener open(String purpose, EdgeSettings settings, Answering answering, HttpLoop loop) {
    return new Listener(purpose, settings, answering, loop);
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  EdgeSettings settings() {
    return settings;
  }

  Answering answering() {
    return answering;
  }

  boolean closing() {
    return closing;
  }

  WholeRequest whole() {
    return whole;
  }

  ReadyReplies replies() {
    return replies;
  }

  LoopLag lag() {
    return lag;
  }

  EventLoop loop() {
    return loop;
  }

  /** The bytes for whoever calls now, whatever he asks; empty: his call must be read. */
  Optional<ByteBuf> turnsAll() {
    return closing ? Optional.empty() : answering.turnsAll(lag.now()).map(encoded::of);
  }

  /** Answers a call, whatever happens. */
  CompletableFuture<HttpReply> answer(HttpCall call) {
    try {
      return answering.answer(call).exceptionally(failure -> failed(call, failure));
    } catch (Refusal e) {
      return CompletableFuture.completedFuture(e.problem().reply(Optional.empty()));
    } catch (RuntimeException failure) {
      return CompletableFuture.completedFuture(failed(call, failure));
    }
  }

  /** An error of ours, which nobody outside can cause. */
  private HttpReply failed(HttpCall call, Throwable failure) {
    LOG.error("The call {} {} cannot be answered", call.method(), call.path(), failure);
    return answering.refuse(
        Problem.internal("call must be answered, but cannot be: tell the operator"),
        call.header(Front.TRACEPARENT));
  }

  /** Stops accepting, lets calls under way end within the settings' limit, and ends. */
  @Override
  public void close() {
    closing = true;
    server.close().awaitUninterruptibly();
    loop.execute(() -> connections.forEach(it -> it.pipeline().get(HttpConnection.class).end()));
    boolean ended =
        connections.newCloseFuture().awaitUninterruptibly(settings.times().close().toMillis());
    if (!ended) {
      connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  private static InetAddress loopback(String purpose, String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
    } catch (UnknownHostException e) {
      throw new EdgeException(
          "host of the %s must be a loopback address, but \"%s\" is not known: use 127.0.0.1"
              .formatted(purpose, host),
          e);
    }
    throw new EdgeException(
        "host of the %s must be a loopback address as long as there is no TLS, but was \"%s\": use 127.0.0.1"
            .formatted(purpose, host));
  }

  private Channel bind(String purpose, InetAddress address) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(512, 2048, READ_BYTES))
            .childHandler(new Opening())
            .bind(address, settings.port())
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    Throwable why = bound.cause();
    throw new EdgeException(
        "port %d of the %s must be free, but cannot be bound on %s (%s): end the program that uses it, or choose another port"
            .formatted(settings.port(), purpose, settings.host(), String.valueOf(why.getMessage())),
        why);
  }

  private final class Opening extends ChannelInitializer<SocketChannel> {

    @Override
    protected void initChannel(SocketChannel channel) {
      long bodyCost =
          (long) CHUNK_COST * settings.bodyLimit()
              + RequestDecoder.HEADERS_LIMIT
              + RequestDecoder.LINE_LIMIT;
      RequestDecoder decoder = new RequestDecoder(settings.bodyLimit(), bodyCost);
      HttpConnection connection = new HttpConnection(Listener.this, places, decoder);
      decoder.attach(connection);
      var _ = lag.now();
      connections.add(channel);
      channel.pipeline().addLast(decoder, new HttpResponseEncoder(), connection);
    }
  }
}
