package io.hormesis.engine.port;

import java.time.Duration;
import java.time.Instant;

/** Time as one server sees it. */
public interface Clock {

  /** Wall-clock time: for people and for records, never for a deadline across a step of it. */
  Instant now();

  /** Monotonic time in nanoseconds from an arbitrary start: for every wait and every deadline. */
  long nanos();

  /** Time that has gone by since an earlier {@link #nanos()}. */
  default Duration since(long earlierNanos) {
    return Duration.ofNanos(nanos() - earlierNanos);
  }
}
