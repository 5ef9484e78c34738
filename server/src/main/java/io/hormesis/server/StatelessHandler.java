package io.hormesis.server;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.Response;
import io.hormesis.process.MessageType;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the workers of a stateless process. A worker that crashed is never used again. */
final class StatelessHandler<M> implements Instance.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(StatelessHandler.class);

  private final String name;
  private final Contracts contracts;
  private final Scope scope;
  private final Supplier<Worker<M>> make;
  private final ConcurrentLinkedQueue<Worker<M>> idle = new ConcurrentLinkedQueue<>();

  StatelessHandler(String name, Contracts contracts, Scope scope, Supplier<Worker<M>> make) {
    this.name = name;
    this.contracts = contracts;
    this.scope = scope;
    this.make = make;
    idle.add(make.get());
  }

  @Override
  public Instance.Handled handle(Envelope envelope) {
    Contracts.Incoming incoming;
    try {
      incoming = contracts.open(envelope);
    } catch (MalformedMessage failure) {
      return Instance.Handled.well(Contracts.notUnderstood(failure));
    }
    try {
      Reply<?> reply = scope.within(envelope, () -> run(incoming.message()));
      return Instance.Handled.well(contracts.response(incoming.word(), reply, false));
    } catch (RuntimeException crash) {
      LOG.warn("{} crashed on call {} of {}", name, envelope.call(), envelope.asker(), crash);
      return Instance.Handled.failed(crashed(incoming.word().message().kind(), crash));
    }
  }

  /** A worker that crashed on a command may have done something before. */
  private Response crashed(MessageType.Kind kind, RuntimeException crash) {
    String reason = name + " crashed: " + crash;
    return kind == MessageType.Kind.QUERY
        ? new Response.Refused(Ending.Cause.CRASHED, reason)
        : new Response.Unknown(reason);
  }

  // The contract guard has let only the contract's own messages through.
  @SuppressWarnings("unchecked")
  private Reply<?> run(Record message) {
    Worker<M> polled = idle.poll();
    Worker<M> worker = polled == null ? make.get() : polled;
    Reply<?> reply = worker.on((M) message);
    idle.add(worker);
    return reply;
  }
}
