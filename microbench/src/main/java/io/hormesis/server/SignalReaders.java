package io.hormesis.server;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The kinds of readers that signals may have. A path that only ever met one of them would be
 * compiled for that one; a server may come to meet them all.
 */
final class SignalReaders {
  private static final int TIMES = 5_000;

  private SignalReaders() {}

  /**
   * Makes a path that was taken with readers of every kind before.
   *
   * @param follow whether the readers of the path that is made follow single requests
   * @param read takes each signal that is read
   */
  static <P extends Supplier<?>> P met(
      Function<Signals, P> path, boolean follow, Consumer<Object> read) {
    for (Signals kind :
        List.of(new Unfollowing(), new Following(read), new Changing(List.of(read)))) {
      P taken = path.apply(kind);
      for (int i = 0; i < TIMES; i++) {
        read.accept(taken.get());
      }
    }
    return path.apply(follow ? new Following(read) : new Unfollowing());
  }

  /** As on real servers. */
  private record Unfollowing() implements Signals {
    @Override
    public boolean followsRequests() {
      return false;
    }

    @Override
    public void take(Signal signal) {
      throw new IllegalStateException("nobody follows, but was told of " + signal);
    }
  }

  /** As in the simulation, but that what is read goes nowhere. */
  private record Following(Consumer<Object> read) implements Signals {
    @Override
    public boolean followsRequests() {
      return true;
    }

    @Override
    public void take(Signal signal) {
      read.accept(signal);
    }
  }

  /** As where readers may come and go. */
  private record Changing(List<Consumer<Object>> readers) implements Signals {
    @Override
    public boolean followsRequests() {
      return !readers.isEmpty();
    }

    @Override
    public void take(Signal signal) {
      readers.forEach(it -> it.accept(signal));
    }
  }
}
