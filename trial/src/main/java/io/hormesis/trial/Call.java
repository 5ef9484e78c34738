package io.hormesis.trial;

import java.util.Optional;

/** One request of a load, drawn by the application's {@link Workload}. */
public sealed interface Call {

  /** What goes over the wire; a write gets its {@code Idempotency-Key} from the trial. */
  DoorRequest request();

  /** The process and key that it asks. */
  Place place();

  /**
   * Changes nothing.
   *
   * @param defaultDeclared whether its route declares a default reply, which then is no failure
   * @param about the acknowledged write that this reads back; empty when it reads anything
   */
  record Read(
      DoorRequest request, Place place, boolean defaultDeclared, Optional<Acknowledged> about)
      implements Call {}

  /** Changes something, once: it is retried under one key, and read back at the end. */
  record Write(DoorRequest request, Place place) implements Call {}

  /**
   * A write that the system promised to keep.
   *
   * @param receipt the name that the system gave it, unique among all writes
   */
  record Acknowledged(Write write, String receipt) {}
}
