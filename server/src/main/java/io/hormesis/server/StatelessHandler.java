package io.hormesis.server;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.Response;
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
    try {
      Contracts.Incoming incoming = contracts.open(envelope);
      Reply<?> reply = scope.within(envelope, () -> run(incoming.message()));
      return Instance.Handled.well(contracts.response(incoming.word(), reply, false));
    } catch (MalformedMessage failure) {
      return Instance.Handled.well(Contracts.notUnderstood(failure));
    } catch (RuntimeException crash) {
      LOG.warn("{} crashed on call {} of {}", name, envelope.call(), envelope.asker(), crash);
      return Instance.Handled.failed(
          new Response.Refused(Ending.Cause.CRASHED, name + " crashed: " + crash));
    }
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
