package io.hormesis.edge;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The queue of replies that are ready to be made and written. They go out between any two requests
 * that are read: what was done already is worth more than what has just come, and in an overload
 * one turn of the loop reads hundreds of requests.
 *
 * <p>Filled by any thread, emptied by that of its loop.
 */
final class ReadyReplies implements Executor {
  private final EventLoop loop;
  private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private boolean writing;

  ReadyReplies(EventLoop loop) {
    this.loop = loop;
  }

  /** One more is to be written. */
  @Override
  public void execute(Runnable reply) {
    ready.add(reply);
    if (woken.compareAndSet(false, true)) {
      loop.execute(this::woken);
    }
  }

  /**
   * Writes those that are ready. A caller may have sent his next request already, which is read
   * when he has his reply; then this is called within itself, and leaves the rest to the outer one.
   */
  void writeThose() {
    if (writing) {
      return;
    }
    writing = true;
    try {
      for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
        next.run();
      }
    } finally {
      writing = false;
    }
  }

  private void woken() {
    woken.set(false);
    writeThose();
  }
}
