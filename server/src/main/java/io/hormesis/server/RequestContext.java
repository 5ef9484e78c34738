package io.hormesis.server;

import io.hormesis.engine.delivery.Trace;
import java.time.Duration;

/**
 * The request that a worker is handling: what its own requests inherit.
 *
 * @param deadline in nanoseconds of the server's monotonic clock
 */
record RequestContext(Trace trace, long deadline) {
  static final ScopedValue<RequestContext> REQUEST = ScopedValue.newInstance();

  /** What is left of the deadline, when a request is being handled; else the longest there is. */
  static Duration left(long nanos) {
    return REQUEST.isBound()
        ? Duration.ofNanos(Math.max(0, REQUEST.get().deadline() - nanos))
        : Duration.ofSeconds(30);
  }
}
