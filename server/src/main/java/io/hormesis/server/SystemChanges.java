package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.RequestId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What an operator may change of a running system: who its servers are, and which of them is being
 * emptied. Each change is a request to the {@link Register}; its result is the register's word.
 * Thread-safe.
 */
public final class SystemChanges {
  private static final String OPERATOR = "operator";
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final Delivery delivery;
  private final SharedParts parts;
  private final TopologyExchange topologies;

  SystemChanges(Delivery delivery, SharedParts parts, TopologyExchange topologies) {
    this.delivery = delivery;
    this.parts = parts;
    this.topologies = topologies;
  }

  /** Which servers there are, as this one knows. */
  public Topology topology() {
    return topologies.current();
  }

  /** Lets a server in that has been started with the founders' addresses. */
  public CompletableFuture<CallResult<Object>> join(ServerAddress address) {
    return asked(new Register.Join(drawnId(), address));
  }

  /** Empties a server: its stateless processes run elsewhere, callers are told to go elsewhere. */
  public CompletableFuture<CallResult<Object>> drain(String server) {
    return asked(new Register.Drain(drawnId(), server, true));
  }

  /** Takes a drain back. */
  public CompletableFuture<CallResult<Object>> undrain(String server) {
    return asked(new Register.Drain(drawnId(), server, false));
  }

  /** Removes a server that was emptied. */
  public CompletableFuture<CallResult<Object>> leave(String server) {
    return asked(new Register.Leave(drawnId(), server));
  }

  private CompletableFuture<CallResult<Object>> asked(Record change) {
    RequestContext context =
        RequestContext.begin(Trace.begin(parts.ports().random()), Priority.SYSTEM);
    return delivery
        .ask(OPERATOR, new Ask(change, WITHIN, context))
        .thenApply(result -> {
          if (result instanceof CallResult.Replied<Object>(_, Topology topology, _)) {
            parts.strand().execute(() -> topologies.learned(topology));
          }
          return result;
        });
  }

  private RequestId drawnId() {
    return new RequestId("change-" + Long.toUnsignedString(parts.ports().random().nextLong(), 36));
  }
}
