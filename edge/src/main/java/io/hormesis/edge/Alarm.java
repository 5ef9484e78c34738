package io.hormesis.edge;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that is set anew again and again, and seldom met. So it is put off cheaply: what is
 * planned with the loop stays planned, looks at the limit when its time comes, and plans itself
 * again when that was put off.
 */
final class Alarm {
  private final EventLoop loop;
  private final Runnable overdue;
  private @Nullable Runnable cancel;
  private long planned;
  private long due;

  Alarm(EventLoop loop, Runnable overdue) {
    this.loop = loop;
    this.overdue = overdue;
  }

  /** Sets the limit, in place of the one before. */
  void in(Duration limit) {
    due = System.nanoTime() + limit.toNanos();
    if (cancel == null || planned - due > 0) {
      plan();
    }
  }

  void cancel() {
    if (cancel != null) {
      cancel.run();
      cancel = null;
    }
  }

  private void plan() {
    cancel();
    planned = due;
    var future =
        loop.schedule(this::rings, Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    cancel = () -> future.cancel(false);
  }

  private void rings() {
    cancel = null;
    if (due - System.nanoTime() > 0) {
      plan();
    } else {
      overdue.run();
    }
  }
}
