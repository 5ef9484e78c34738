package io.hormesis.simulation;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A world that runs at present, as another thread sees it from outside. */
public final class UnderWay {
  private final String name;
  private final Thread thread;
  private final LongSupplier progress;

  UnderWay(String name, Thread thread, LongSupplier progress) {
    this.name = name;
    this.thread = thread;
    this.progress = progress;
  }

  /** A thread that waits, in a park, while another one goes on in its place. */
  interface HandedOver {
    Thread to();
  }

  /** What it is, such as {@code seed 7}. */
  public String name() {
    return name;
  }

  /** Grows while it gets on; stays the same while one event takes its time. */
  public long progress() {
    return progress.getAsLong();
  }

  /** Where it is, innermost call first: in one of its workers when it is the turn of one. */
  public List<StackTraceElement> stack() {
    Thread turn = thread;
    while (LockSupport.getBlocker(turn) instanceof HandedOver other && other.to() != turn) {
      turn = other.to();
    }
    return List.of(turn.getStackTrace());
  }
}
