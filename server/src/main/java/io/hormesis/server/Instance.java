package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.supervision.Decision;
import io.hormesis.engine.supervision.Supervision;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the workers of one instance: mailbox, worker, supervisor. What a worker does with a message
 * is the {@link Handler}'s.
 */
final class Instance implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final int MOST_MESSAGES = 1000;
  private static final long MOST_BYTES = 4L << 20;

  private final String name;
  private final Strand strand;
  private final Clock clock;
  private final Executor workers;
  private final Mailbox mailbox;
  private final Supervision supervision = new Supervision();
  private final Function<Envelope, String> key;
  private final Handler handler;

  Instance(
      String name,
      int workerCount,
      Strand strand,
      Clock clock,
      Executor workers,
      Function<Envelope, String> key,
      Handler handler) {
    this.name = name;
    this.strand = strand;
    this.clock = clock;
    this.workers = workers;
    this.mailbox = new Mailbox(workerCount, MOST_MESSAGES, MOST_BYTES);
    this.key = key;
    this.handler = handler;
  }

  @Override
  public void receive(Envelope envelope, Consumer<Response> respond) {
    if (supervision.isolated(millis())) {
      respond.accept(new Response.Busy(name + " is isolated after many failures"));
      return;
    }
    Optional<Response> refusal = handler.refuse(envelope);
    if (refusal.isPresent()) {
      respond.accept(refusal.get());
      return;
    }
    try {
      enqueue(key.apply(envelope), envelope, respond);
    } catch (MalformedMessage unreadable) {
      respond.accept(Contracts.notUnderstood(unreadable));
    }
  }

  private void enqueue(String about, Envelope envelope, Consumer<Response> respond) {
    if (mailbox.offer(about, envelope, respond)) {
      work();
    } else {
      respond.accept(new Response.Busy("mailbox of " + name + " is full"));
    }
  }

  private void work() {
    for (Optional<Mailbox.Next> next = next(); next.isPresent(); next = next()) {
      Mailbox.Next taken = next.get();
      workers.execute(() -> handle(taken));
    }
  }

  private Optional<Mailbox.Next> next() {
    return mailbox.next(clock.now().toEpochMilli());
  }

  private void handle(Mailbox.Next next) {
    Handled handled = outcome(next.envelope());
    strand.execute(() -> handled(next, handled));
  }

  /**
   * Whatever the author's code throws, errors too, its key and its place must become free again.
   */
  private Handled outcome(Envelope envelope) {
    try {
      return handler.handle(envelope);
    } catch (Throwable broken) {
      LOG.error("{} broke on call {} of {}", name, envelope.call(), envelope.asker(), broken);
      return Handled.failed(new Response.Unknown(name + " broke: " + broken));
    }
  }

  private void handled(Mailbox.Next next, Handled handled) {
    next.respond().accept(handled.response());
    if (handled.failed()) {
      switch (supervision.failed(millis())) {
        case Decision.RestartAfter(var pause) -> strand.schedule(pause, () -> free(next.key()));
        case Decision.IsolateFor(var time) -> strand.schedule(time, () -> free(next.key()));
      }
    } else {
      free(next.key());
    }
  }

  private void free(String busyKey) {
    mailbox.done(busyKey);
    work();
  }

  private long millis() {
    return clock.nanos() / 1_000_000;
  }

  /** What one message comes to. */
  interface Handler {

    /** A response that needs no worker, such as that this is not the place; else empty. */
    default Optional<Response> refuse(Envelope envelope) {
      return Optional.empty();
    }

    /** Runs a worker on a message; may wait, never throws. */
    Handled handle(Envelope envelope);
  }

  /**
   * How a worker ended.
   *
   * @param failed whether it crashed, so that its supervisor must decide
   */
  record Handled(Response response, boolean failed) {
    static Handled well(Response response) {
      return new Handled(response, false);
    }

    static Handled failed(Response response) {
      return new Handled(response, true);
    }
  }
}
