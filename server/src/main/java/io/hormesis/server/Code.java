package io.hormesis.server;

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
final class Code {
  private static final Logger LOG = LoggerFactory.getLogger(Code.class);

  private final String name;
  private final Workers workers;
  private final boolean waits;

  Code(String name, Workers workers, Declaration<?> process) {
    this.name = name;
    this.workers = workers;
    this.waits = !process.dependencies().isEmpty();
  }

  /** Runs a task of a message. */
  void run(Mailbox.Next next, Runnable task, Consumer<Handled> ended) {
    Runnable guarded = () -> guarded(() -> Scope.within(next, task), ended);
    if (waits) {
      workers.runWaiting(guarded);
    } else {
      workers.run(guarded);
    }
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
      ended.accept(Handled.failed(new Response.Unknown(name + " broke: " + broken)));
    }
  }
}
