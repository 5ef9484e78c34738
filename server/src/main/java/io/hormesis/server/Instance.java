package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.engine.supervision.Decision;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.engine.supervision.Supervision;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running copy of a process, or of one partition of it: mailbox, workers, supervisor. What a
 * worker does with a message is the {@link Handler}'s. On the delivery strand.
 *
 * <p>A worker that has not come back a second after its message's deadline is given up: its key is
 * freed, its thread abandoned. What it still does is refused by the version that it started from,
 * once another step of the key has taken place.
 */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final int MOST_MESSAGES = 1000;
  private static final long MOST_BYTES = 4L << 20;
  private static final long GRACE_MILLIS = 1000;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Target target;
  private final Strand strand;
  private final Clock clock;
  private final Signals signals;
  private final Mailbox mailbox;
  private final Supervision supervision = new Supervision();
  private final Handler handler;

  /**
   * Messages whose workers have failed: their keys stay busy until the supervisor's pause is over.
   */
  private final Set<Mailbox.Next> suspended = new HashSet<>();

  private boolean looking;

  Instance(
      Target target, int workers, Strand strand, Clock clock, Signals signals, Handler handler) {
    this.target = target;
    this.strand = strand;
    this.clock = clock;
    this.signals = signals;
    this.mailbox = new Mailbox(workers, MOST_MESSAGES, MOST_BYTES);
    this.handler = handler;
  }

  /** How much waits for it. */
  MailboxFill fill() {
    return new MailboxFill(
        target.toString(), mailbox.size(), MOST_MESSAGES, mailbox.bytes(), MOST_BYTES);
  }

  /** Whether its supervisor lets nothing in now. */
  boolean isolated() {
    return supervision.isolated(millis());
  }

  /** The refusal of what must be handled by another server; empty when this is the one. */
  Optional<CallResult<byte[]>> elsewhere() {
    return handler.elsewhere();
  }

  /** Takes a message that all guards have let pass. */
  void receive(IncomingMessage message) {
    String key = handler.key(message.envelope());
    if (mailbox.offer(key, message.envelope(), millis(), message.respond())) {
      work();
    } else {
      message.refuse(CallResult.Cause.OVERLOADED, "mailbox of %s is full".formatted(target));
    }
  }

  /** A guard has refused a message for it. */
  void refused(IncomingMessage message, CallResult.Cause cause) {
    if (signals.followsRequests()) {
      signals.take(new Signal.MessageRefused(target, message.envelope().context(), cause));
    }
  }

  private void work() {
    if (isolated()) {
      turnAway();
      return;
    }
    for (Optional<Mailbox.Next> next = next(); next.isPresent(); next = next()) {
      Mailbox.Next taken = next.get();
      handler.handle(taken, ended -> strand.execute(() -> handled(taken, ended)));
    }
    if (!looking && mailbox.working()) {
      looking = true;
      strand.schedule(LOOK, this::look);
    }
  }

  /** What waits for an isolated instance goes elsewhere. */
  private void turnAway() {
    for (Mailbox.Next next : mailbox.emptied()) {
      next.respond()
          .accept(
              new CallResult.Refused<>(
                  "", CallResult.Cause.ISOLATED, target + " is isolated after many failures"));
    }
  }

  private Optional<Mailbox.Next> next() {
    return mailbox.next(millis());
  }

  private void handled(Mailbox.Next next, Handled handled) {
    next.respond().accept(handled.result());
    if (handled.failed()) {
      failed(next);
    } else {
      free(next);
    }
  }

  private void failed(Mailbox.Next next) {
    Decision decision = supervision.failed(millis());
    signals.take(new Signal.SupervisorDecided(target, decision));
    switch (decision) {
      case Decision.RestartAfter(var pause) -> freeAfter(pause, next);
      case Decision.IsolateFor(var time) -> {
        turnAway();
        freeAfter(time, next);
      }
    }
  }

  private void freeAfter(Duration pause, Mailbox.Next next) {
    suspended.add(next);
    strand.schedule(pause, () -> free(next));
  }

  private void free(Mailbox.Next next) {
    suspended.remove(next);
    if (mailbox.done(next)) {
      work();
    }
  }

  /** Gives up the workers that have not come back, as long as any is out. */
  private void look() {
    looking = false;
    for (Mailbox.Next next : mailbox.overdue(millis(), GRACE_MILLIS)) {
      if (!suspended.contains(next) && mailbox.done(next)) {
        giveUp(next);
      }
    }
    work();
  }

  private void giveUp(Mailbox.Next next) {
    long overdue = millis() - next.deadline();
    LOG.warn("a worker of {} has not come back {} ms after its deadline", target, overdue);
    signals.take(
        new Signal.WorkerFailed(
            target, next.envelope().context(), new Failure.Slow(target.process(), overdue)));
    next.respond().accept(new CallResult.Unknown<>("", "its worker did not come back in time"));
    supervision.failed(millis());
  }

  private long millis() {
    return clock.nanos() / 1_000_000;
  }

  /** What one message comes to. */
  interface Handler {

    /** The refusal of what another server must handle; empty when it can be handled here. */
    default Optional<CallResult<byte[]>> elsewhere() {
      return Optional.empty();
    }

    /** What no two workers may be busy with at once. */
    String key(Envelope envelope);

    /** Runs a worker on a message and returns at once; its end comes once, from any thread. */
    void handle(Mailbox.Next next, Consumer<Handled> ended);
  }

  /**
   * How a worker ended.
   *
   * @param failed whether it failed, so that its supervisor must decide
   */
  record Handled(CallResult<byte[]> result, boolean failed) {
    static Handled well(CallResult<byte[]> result) {
      return new Handled(result, false);
    }

    static Handled failed(CallResult<byte[]> result) {
      return new Handled(result, true);
    }
  }
}
