package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Workers;
import io.hormesis.process.Declaration;
import io.hormesis.server.Instance.Handled;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an author's code beside the strands, as part of the request that it handles. A process
 * without dependencies asks nobody, so its code needs nothing that can wait.
 */
final class WorkerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRunner.class);

  private final String name;
  private final Workers workers;
  private final boolean waits;
  private final String process;
  private final Consumer<Failure> failures;

  /**
   * Runs the code of a process at a place.
   *
   * @param failures told of each failed worker
   */
  WorkerRunner(String name, Workers workers, Declaration<?> process, Consumer<Failure> failures) {
    this.name = name;
    this.workers = workers;
    this.process = process.name();
    this.failures = failures;
    this.waits = !process.dependencies().isEmpty();
  }

  /** Runs a task of a message. */
  void run(Mailbox.Next next, Runnable task, Consumer<Handled> ended) {
    Runnable guarded = () -> guarded(() -> RequestScope.within(next, task), ended);
    if (waits) {
      workers.runWaiting(guarded);
    } else {
      workers.run(guarded);
    }
  }

  /** A worker threw something on a message. */
  void crashed(Envelope envelope, RuntimeException crash) {
    LOG.warn("{} crashed on call {} of {}", name, envelope.call(), envelope.asker(), crash);
    failures.accept(
        crash instanceof Contracts.WrongReply wrong
            ? new Failure.Wrong(process, wrong.what())
            : new Failure.Crashed(process, crash));
  }

  /**
   * Runs a part of handling a message, here and now. Whatever it throws, errors too, is an end: the
   * message's key and place must become free again.
   */
  void guarded(Runnable part, Consumer<Handled> ended) {
    try {
      part.run();
    } catch (ServerDied died) {
      throw died;
    } catch (Throwable broken) {
      LOG.error("{} broke", name, broken);
      failures.accept(new Failure.Crashed(process, broken));
      ended.accept(Handled.failed(new Response.Unknown(name + " broke: " + broken)));
    }
  }
}
