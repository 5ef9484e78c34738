package io.hormesis.trial;

import io.hormesis.server.ServerEvent;
import java.util.function.Consumer;

/**
 * Where a trial hears what servers notice at the moment in which they notice it; by looking at
 * their status alone it would see that up to a look later.
 */
@FunctionalInterface
public interface SignalSource {
  /** Of servers that tell nothing. */
  SignalSource NONE = _ -> () -> {};

  /** Tells a follower of each signal from now on, one at a time, on a thread that must not wait. */
  Following follow(Consumer<ServerEvent.Noticed> follower);

  /** Closing it ends it. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }
}
