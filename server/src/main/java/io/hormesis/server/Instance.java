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
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the workers of one instance: mailbox, worker, supervisor. What a worker does with a message
 * is the {@link Handler}'s.
 */
final class Instance implements Host {
  private static final int MOST_MESSAGES = 1000;
  private static final long MOST_BYTES = 4L << 20;

  private final String name;
  private final Strand strand;
  private final Clock clock;
  private final Mailbox mailbox;
  private final Supervision supervision = new Supervision();
  private final Function<Envelope, String> key;
  private final Handler handler;

  Instance(
      String name,
      int workerCount,
      Strand strand,
      Clock clock,
      Function<Envelope, String> key,
      Handler handler) {
    this.name = name;
    this.strand = strand;
    this.clock = clock;
    this.mailbox = new Mailbox(workerCount, MOST_MESSAGES, MOST_BYTES);
    this.key = key;
    this.handler = handler;
  }

  MailboxFill fill() {
    return new MailboxFill(name, mailbox.size(), MOST_MESSAGES, mailbox.bytes(), MOST_BYTES);
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
    if (mailbox.offer(about, envelope, millis(), respond)) {
      work();
    } else {
      respond.accept(new Response.Busy("mailbox of " + name + " is full"));
    }
  }

  private void work() {
    for (Optional<Mailbox.Next> next = next(); next.isPresent(); next = next()) {
      Mailbox.Next taken = next.get();
      handler.handle(taken, ended -> strand.execute(() -> handled(taken, ended)));
    }
  }

  private Optional<Mailbox.Next> next() {
    return mailbox.next(millis());
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

    /** Runs a worker on a message and returns at once; its end comes once, from any thread. */
    void handle(Mailbox.Next next, Consumer<Handled> ended);
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
