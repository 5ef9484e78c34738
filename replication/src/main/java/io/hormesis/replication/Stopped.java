package io.hormesis.replication;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the members of a server have stopped; all they do asks here first. */
final class Stopped {

  private final AtomicBoolean stopped = new AtomicBoolean();

  boolean yes() {
    return stopped.get();
  }

  /** Stops; true for the first who does. */
  boolean stop() {
    return stopped.compareAndSet(false, true);
  }
}
