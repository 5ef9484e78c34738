package io.hormesis.server;

import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.Trace;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Runs code as part of the request that it handles: its deadline and its trace go along. */
final class Scope {
  private Scope() {}

  static <T> T within(Mailbox.Next next, Supplier<T> code) {
    Trace trace = next.envelope().trace();
    Current current = new Current(trace, next.deadline() * 1_000_000);
    try (var _ = MDC.putCloseable("trace", trace.traceId())) {
      return ScopedValue.where(Current.REQUEST, current).call(code::get);
    }
  }
}
