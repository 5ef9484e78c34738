package io.hormesis.cluster;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens TCP connections on one event loop: native epoll where there is, else the JDK's NIO. One
 * place composes what every connection passes through.
 */
final class Sockets implements AutoCloseable {
  /** A connection that is not made by then is tried anew: the kernel alone would wait 1, 2, 4 s. */
  private static final int CONNECT_MILLIS = 500;

  /** What was sent and is not confirmed for so long was not received: the connection is broken. */
  private static final int UNCONFIRMED_MILLIS = 1000;

  /**
   * How long a process may say nothing. Where the kernel tells when nothing is confirmed, a broken
   * network is known from that, and a process that is slow or paused loses no connection for it.
   */
  private static final int QUIET_BEATS_WITH_EPOLL = 8;

  private static final int QUIET_BEATS_ELSE = 3;

  private static final int WAITING_CONNECTS = 128;
  private static final WriteBufferWaterMark WRITE_AHEAD =
      new WriteBufferWaterMark(32 * 1024, 128 * 1024);
  private static final long CLOSE_MILLIS = 1000;

  private final boolean epoll = Epoll.isAvailable();
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;

  Sockets(String name) {
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), handlers);
    loop = group.next();
  }

  /** How many beats a connection may be silent. */
  int mostQuietBeats() {
    return epoll ? QUIET_BEATS_WITH_EPOLL : QUIET_BEATS_ELSE;
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Listens at an address; connections are taken once the channel reads by itself.
   *
   * @throws IOException when the port is in use; the message is for people
   */
  Channel listen(InetSocketAddress address, Supplier<Connection> connections) throws IOException {
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, WAITING_CONNECTS)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
            .childHandler(pipeline(connections));
    if (epoll) {
      bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, UNCONFIRMED_MILLIS);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "port %d must be free for the link to other servers, but cannot be bound (%s): stop what listens there, or choose other ports with --port N"
              .formatted(address.getPort(), bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  ChannelFuture dial(InetSocketAddress address, Connection connection) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
            .handler(pipeline(() -> connection));
    if (epoll) {
      bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, UNCONFIRMED_MILLIS);
    }
    return bootstrap.connect(address);
  }

  /** Encryption goes first here: what follows waits for its handshake without knowing it. */
  private static ChannelInitializer<SocketChannel> pipeline(Supplier<Connection> connections) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(new PacketDecoder(), connections.get());
      }
    };
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }
}
