package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.Target;
import io.hormesis.process.MessageType;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import io.hormesis.server.Instance.Handled;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the workers of a stateless process. A worker that crashed is never used again. */
final class StatelessHandler<M> implements Instance.Handler {
  private final Target target;
  private final WorkerRunner code;
  private final Contracts contracts;
  private final Supplier<Worker<M>> make;
  private final ConcurrentLinkedQueue<Worker<M>> idle = new ConcurrentLinkedQueue<>();

  StatelessHandler(
      Target target, WorkerRunner code, Contracts contracts, Supplier<Worker<M>> make) {
    this.target = target;
    this.code = code;
    this.contracts = contracts;
    this.make = make;
    idle.add(make.get());
  }

  /** Messages to a stateless process never wait for each other. */
  @Override
  public String key(Envelope envelope) {
    return envelope.asker() + " " + envelope.call() + " " + envelope.context().attempt();
  }

  @Override
  public void handle(Mailbox.Next next, Consumer<Handled> ended) {
    code.run(next, () -> ended.accept(handled(next.envelope())), ended);
  }

  private Handled handled(Envelope envelope) {
    Contracts.Incoming incoming;
    try {
      incoming = contracts.open(envelope);
    } catch (MalformedMessage failure) {
      return Handled.well(Contracts.notUnderstood(failure));
    }
    try {
      Reply<?> reply = run(incoming.message());
      return Handled.well(contracts.result(incoming.word(), reply, false));
    } catch (RuntimeException crash) {
      code.crashed(envelope, crash);
      return Handled.failed(crashed(incoming.word().message().kind(), crash));
    }
  }

  /** A worker that crashed on a command may have done something before. */
  private CallResult<byte[]> crashed(MessageType.Kind kind, RuntimeException crash) {
    String reason = target + " crashed: " + crash;
    return kind == MessageType.Kind.QUERY
        ? new CallResult.Refused<>("", CallResult.Cause.CRASHED, reason)
        : new CallResult.Unknown<>("", reason);
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
