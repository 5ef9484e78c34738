package io.hormesis.server;

import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.Trace;
import org.slf4j.MDC;

/** Runs code as part of the request that it handles: its deadline and its trace go along. */
final class RequestScope {
  private RequestScope() {}

  static void within(Mailbox.Next next, Runnable code) {
    Trace trace = next.envelope().trace();
    RequestContext current = new RequestContext(trace, next.deadline() * 1_000_000);
    try (var _ = MDC.putCloseable("trace", trace.traceId())) {
      ScopedValue.where(RequestContext.REQUEST, current).run(code);
    }
  }
}
