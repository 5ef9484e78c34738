package io.hormesis.simulation.record;

import io.hormesis.replication.KeyState;
import io.hormesis.replication.NotCommitted;
import java.util.Optional;

/** What a server says to an {@link Ask}. */
sealed interface Answer {

  /**
   * The request is applied, now or before.
   *
   * @param accepted false when the step refused it and left the state as it was
   */
  record Done(long version, boolean accepted) implements Answer {}

  /** What is stored under the key. */
  record Found(KeyState state) implements Answer {}

  /** Not here, or not now. */
  record No(NotCommitted.Kind kind, Optional<String> leader) implements Answer {}

  /** What no client of this world may ever hear. */
  record Wrong(String what) implements Answer {}
}
