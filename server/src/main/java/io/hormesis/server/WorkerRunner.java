package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Workers;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.process.Declaration;
import io.hormesis.process.MessageType;
import io.hormesis.server.Instance.Handled;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an author's code beside the strands, as part of the request that it handles. A process
 * without dependencies asks nobody, so its code needs nothing that can wait.
 */
final class WorkerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRunner.class);

  private final Target target;
  private final Workers workers;
  private final boolean waits;
  private final List<String> messages;
  private final ClassLoader loader;
  private final Signals signals;
  private final Clock clock;

  /**
   * Runs the code of a process at a target.
   *
   * @param signals told of each worker that begins, and of each that failed
   */
  WorkerRunner(
      Target target, Workers workers, Declaration<?> process, Clock clock, Signals signals) {
    this.target = target;
    this.workers = workers;
    this.loader = process.contract().type().getClassLoader();
    this.clock = clock;
    this.messages = process.contract().messages().stream().map(MessageType::name).toList();
    this.signals = signals;
    this.waits = !process.dependencies().isEmpty();
  }

  /** Runs a task of a message. */
  void run(Mailbox.Next next, Runnable task, Consumer<Handled> ended) {
    Runnable asTheirs = () -> ApplicationLoader.within(loader, task);
    Runnable guarded = () -> guarded(next.envelope(), () -> noted(next, asTheirs), ended);
    if (waits) {
      workers.runWaiting(guarded);
    } else {
      workers.run(guarded);
    }
  }

  private void noted(Mailbox.Next next, Runnable task) {
    Envelope envelope = next.envelope();
    Runnable end = signals.begins(target.process(), message(envelope.type()), envelope);
    try {
      HandledRequest.within(next, clock, task);
    } finally {
      end.run();
    }
  }

  private String message(int number) {
    return number >= 1 && number <= messages.size() ? messages.get(number - 1) : "?";
  }

  /** A worker threw something on a message. */
  void crashed(Envelope envelope, RuntimeException crash) {
    LOG.warn("{} crashed on call {} of {}", target, envelope.call(), envelope.asker(), crash);
    failed(
        envelope,
        crash instanceof Contracts.WrongReply wrong
            ? new Failure.Wrong(target.process(), wrong.what())
            : new Failure.Crashed(target.process(), crash));
  }

  private void failed(Envelope envelope, Failure failure) {
    signals.take(new Signal.WorkerFailed(target, envelope.context(), failure));
  }

  /**
   * Runs a part of handling a message, here and now. Whatever it throws, errors too, is an end: the
   * message's key and place must become free again.
   */
  void guarded(Envelope envelope, Runnable part, Consumer<Handled> ended) {
    try {
      part.run();
    } catch (ServerDied died) {
      throw died;
    } catch (Throwable broken) {
      LOG.error("{} broke", target, broken);
      failed(envelope, new Failure.Crashed(target.process(), broken));
      ended.accept(Handled.failed(new CallResult.Unknown<>("", target + " broke: " + broken)));
    }
  }
}
