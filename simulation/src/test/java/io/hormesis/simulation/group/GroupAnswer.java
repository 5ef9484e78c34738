package io.hormesis.simulation.group;

import io.hormesis.replication.KeyState;
import io.hormesis.replication.NotCommitted;
import java.util.Optional;

/** What a server says to an {@link GroupAsk}. */
sealed interface GroupAnswer {

  /**
   * The request is applied, now or before.
   *
   * @param accepted false when the step refused it and left the state as it was
   */
  record Done(long version, boolean accepted) implements GroupAnswer {}

  /** What is stored under the key. */
  record Found(KeyState state) implements GroupAnswer {}

  /** Not here, or not now. */
  record No(NotCommitted.Kind kind, Optional<String> leader) implements GroupAnswer {}

  /** What no client of this world may ever hear. */
  record Wrong(String what) implements GroupAnswer {}
}
