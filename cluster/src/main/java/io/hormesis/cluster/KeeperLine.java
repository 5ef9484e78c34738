package io.hormesis.cluster;

import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerEvent;
import java.io.PrintStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells the keeper what becomes of this server, a line each, on a thread of its own: a keeper that
 * is paused holds up nobody else. While very many lines wait for it, signals are left out; states
 * and ends never. Thread-safe.
 */
final class KeeperLine implements Consumer<ServerEvent>, AutoCloseable {
  private static final int MOST_WAITING = 1_000;
  private static final long LAST_WORDS_MILLIS = 1_000;

  private final PrintStream out;
  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          waiting,
          Thread.ofPlatform().daemon().name("to-keeper").factory());

  private KeeperLine(PrintStream out) {
    this.out = out;
  }

  /** A line to the keeper that flushes by itself. */
  static KeeperLine on(PrintStream out) {
    return new KeeperLine(out);
  }

  @Override
  public void accept(ServerEvent event) {
    if (event instanceof ServerEvent.Noticed && waiting.size() >= MOST_WAITING) {
      return;
    }
    try {
      writer.execute(() -> out.println(KeeperProtocol.line(event)));
    } catch (RejectedExecutionException ending) {
      // The server ends, and its keeper sees that.
      return;
    }
  }

  /** Says what is still to be said, if the keeper listens. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      boolean _ = writer.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
