package io.hormesis.edge;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * An event loop: the one thread that reads and writes the connections of HTTP listeners. It never
 * waits, so one thread serves all connections, and an idle connection wakes nobody up.
 *
 * <p>A listener stays on one thread of its loop for good: what it knows of its connections needs no
 * lock.
 */
public final class HttpLoop implements AutoCloseable {
  private static final long CLOSE_MILLIS = 1000;

  private final LoopLag lag = new LoopLag();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("http", true), lag.of(NioIoHandler.newFactory()));

  private HttpLoop() {}

  /** A loop with a thread of its own, which ends when the loop is closed. */
  public static HttpLoop open() {
    return new HttpLoop();
  }

  EventLoop next() {
    return group.next();
  }

  LoopLag lag() {
    return lag;
  }

  /** Ends its thread; all listeners must be closed before. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * CLOSE_MILLIS);
  }
}
