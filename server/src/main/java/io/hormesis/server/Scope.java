package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.port.Clock;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Runs code as part of the request that it handles: its deadline and its trace go along. */
final class Scope {
  private final Clock clock;

  Scope(Clock clock) {
    this.clock = clock;
  }

  <T> T within(Envelope envelope, Supplier<T> code) {
    long leftMillis = envelope.deadlineMillis() - clock.now().toEpochMilli();
    Current current =
        new Current(envelope.trace(), clock.nanos() + Math.max(0, leftMillis) * 1_000_000);
    try (var _ = MDC.putCloseable("trace", envelope.trace().traceId())) {
      return ScopedValue.where(Current.REQUEST, current).call(code::get);
    }
  }
}
