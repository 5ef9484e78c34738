package io.hormesis.server;

import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Workers;
import io.hormesis.process.Declaration;
import io.hormesis.server.Instance.Handled;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an author's code beside the strands. A process without dependencies asks nobody, so its code
 * needs nothing that can wait.
 */
final class Code {
  private static final Logger LOG = LoggerFactory.getLogger(Code.class);

  private final String name;
  private final Workers workers;
  private final boolean waits;

  Code(String name, Workers workers, boolean waits) {
    this.name = name;
    this.workers = workers;
    this.waits = waits;
  }

  /** The way to run the code of a process. */
  static Code of(String name, Workers workers, Declaration<?> process) {
    return new Code(name, workers, !process.dependencies().isEmpty());
  }

  /**
   * Runs a task. Whatever it throws, errors too, is an end: its key and its place must become free
   * again.
   */
  void run(Runnable task, Consumer<Handled> ended) {
    Runnable guarded = () -> guarded(task, ended);
    if (waits) {
      workers.runWaiting(guarded);
    } else {
      workers.run(guarded);
    }
  }

  private void guarded(Runnable task, Consumer<Handled> ended) {
    try {
      task.run();
    } catch (ServerDied died) {
      throw died;
    } catch (Throwable broken) {
      LOG.error("{} broke", name, broken);
      ended.accept(Handled.failed(new Response.Unknown(name + " broke: " + broken)));
    }
  }
}
