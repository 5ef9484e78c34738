package io.hormesis.server;

import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.port.Clock;
import io.hormesis.process.CurrentRequest;
import io.hormesis.process.Principal;
import io.hormesis.process.RequestId;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * The request that a worker handles, bound to its thread: what its own requests inherit.
 *
 * @param deadline in nanoseconds of the server's monotonic clock
 */
record HandledRequest(RequestContext context, long deadline, Clock clock)
    implements CurrentRequest {

  /** Runs a worker's code as part of the request that it handles. */
  static void within(Mailbox.Next next, Clock clock, Runnable code) {
    HandledRequest request =
        new HandledRequest(next.envelope().context(), next.deadline() * 1_000_000, clock);
    try (var _ = MDC.putCloseable("trace", request.traceId())) {
      ScopedValue.where(SCOPE, request).run(code);
    }
  }

  /** The one of this thread; empty outside of a worker. */
  static Optional<HandledRequest> current() {
    return CurrentRequest.find()
        .filter(HandledRequest.class::isInstance)
        .map(HandledRequest.class::cast);
  }

  @Override
  public String id() {
    return context.id();
  }

  @Override
  public Optional<RequestId> key() {
    return context.keyed() ? Optional.of(new RequestId(context.id())) : Optional.empty();
  }

  @Override
  public String traceId() {
    return context.trace().traceId();
  }

  @Override
  public int attempt() {
    return context.attempt();
  }

  @Override
  public Optional<Principal> principal() {
    return context.principal();
  }

  @Override
  public Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - clock.nanos()));
  }
}
