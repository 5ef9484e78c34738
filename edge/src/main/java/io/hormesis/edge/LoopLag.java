package io.hormesis.edge;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.time.Duration;

/**
 * The lag of an event loop: how long what is read now may have waited in its socket while the loop
 * was busy with the turn before. In an overload that is the longest queue of all, and none of ours:
 * who measures from the read on takes a system for quick whose callers wait for seconds.
 *
 * <p>It is the time from the first read of the turn before to its end, and from the first read of
 * this turn on: an upper bound, and nothing while the loop waits for something to read.
 *
 * <p>Used by the thread of its loop.
 */
final class LoopLag {
  private long before;
  private long firstRead;
  private boolean hasRead;

  /** Handlers that tell this when a turn begins. */
  IoHandlerFactory of(IoHandlerFactory inner) {
    return executor -> new Turns(inner.newHandler(executor));
  }

  /** How long what is read now may have waited. */
  Duration now() {
    long now = System.nanoTime();
    if (!hasRead) {
      hasRead = true;
      firstRead = now;
    }
    return Duration.ofNanos(before + now - firstRead);
  }

  private void turnBegins() {
    before = hasRead ? System.nanoTime() - firstRead : 0;
    hasRead = false;
  }

  private final class Turns implements IoHandler {
    private final IoHandler inner;

    Turns(IoHandler inner) {
      this.inner = inner;
    }

    @Override
    public int run(IoHandlerContext context) {
      turnBegins();
      return inner.run(context);
    }

    @Override
    public void initialize() {
      inner.initialize();
    }

    @Override
    public void prepareToDestroy() {
      inner.prepareToDestroy();
    }

    @Override
    public void destroy() {
      inner.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return inner.register(handle);
    }

    @Override
    public void wakeup() {
      inner.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return inner.isCompatible(type);
    }
  }
}
