package io.hormesis.engine.supervision;

import java.time.Duration;

/** What a supervisor decides about a failed worker. */
public sealed interface Decision {

  /** A fresh worker takes its place after a pause; its siblings go on. */
  record RestartAfter(Duration pause) implements Decision {}

  /** The whole instance takes nothing for a while; callers go elsewhere or get default replies. */
  record IsolateFor(Duration time) implements Decision {}
}
