package io.hormesis.engine.delivery;

import io.hormesis.process.Answer;
import io.hormesis.process.Outcome;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of a call: how a request ended, from the server that handles it over the wire to
 * whoever asked.
 *
 * @param <V> the reply: bytes as the worker's server encoded it, or what the asker reads out of
 *     them
 */
public sealed interface CallResult<V> {

  /**
   * Where it was handled: {@code registry}, or {@code tax-desk/2} for a partition; empty where that
   * is not known, as on the wire.
   */
  String target();

  /**
   * What the asker of a query ends up with.
   *
   * @param otherwise the default reply, should it be needed
   */
  default Answer<V> answer(Supplier<? extends V> otherwise) {
    return switch (this) {
      case Replied<V> it -> new Answer.Replied<>(it.value());
      case Declined<V> it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
      case Refused<V> it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
      case Unknown<V> it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
    };
  }

  /** What the sender of a command ends up with. */
  default Outcome<V> outcome() {
    return switch (this) {
      case Replied<V> it -> new Outcome.Replied<>(it.value());
      case Declined<V> it -> new Outcome.Refused<>(Outcome.By.WORKER, it.reason());
      case Refused<V> it -> new Outcome.Refused<>(Outcome.By.PLATFORM, it.reason());
      case Unknown<V> it -> new Outcome.Unknown<>(it.reason());
    };
  }

  /**
   * A worker's reply.
   *
   * @param value what the request's type promises; of a notice that it was taken
   * @param durable whether it tells of a change that survives any one server, disk or region
   */
  record Replied<V>(String target, V value, boolean durable) implements CallResult<V> {}

  /** The worker's own refusal: a reply like any other. */
  record Declined<V>(String target, String reason) implements CallResult<V> {}

  /**
   * Certainly not done, by the platform's word.
   *
   * @param reason for those inside; it may hold what a worker threw
   * @param hint the server that it should go to, where that is known
   */
  record Refused<V>(String target, Cause cause, String reason, Optional<String> hint)
      implements CallResult<V> {

    public Refused(String target, Cause cause, String reason) {
      this(target, cause, reason, Optional.empty());
    }
  }

  /**
   * Perhaps done, perhaps not.
   *
   * @param reason for those inside; it may hold what a worker threw
   */
  record Unknown<V>(String target, String reason) implements CallResult<V> {}

  /** What the one who sent an attempt may do after its refusal. */
  enum Retry {
    /** Another server may take it at once. */
    ELSEWHERE,
    /** The same or another one may take it soon. */
    LATER,
    /** No attempt more: another one would get the same, or make it worse. */
    NEVER
  }

  /** Why the platform refused. */
  enum Cause {
    /** No instance can take it now; coming back later may help. */
    UNAVAILABLE(Retry.NEVER),
    /** The worker failed on it. */
    CRASHED(Retry.NEVER),
    /** Its request id was used before, for another request. */
    KEY_REUSED(Retry.NEVER),
    /** Its request id was used before, so long ago that the reply is no longer kept. */
    KEY_FORGOTTEN(Retry.NEVER),
    /** It is not in the receiver's contract, or is too large for the wire. */
    NOT_UNDERSTOOD(Retry.NEVER),
    /** That server does not host it, does not lead it, or is being drained. */
    NOT_HERE(Retry.ELSEWHERE),
    /** That instance is isolated after many failures. */
    ISOLATED(Retry.ELSEWHERE),
    /** Another step of its key, or of its group, has to end first. */
    CONFLICT(Retry.LATER),
    /** More is asked than can be done in time: a retry would make it worse (rule R10). */
    OVERLOADED(Retry.NEVER),
    /** Its deadline was over before anything was done (rule R3). */
    EXPIRED(Retry.NEVER),
    /** Servers ended under it: it must not reach another one. */
    DEADLY(Retry.NEVER);

    private final Retry retry;

    Cause(Retry retry) {
      this.retry = retry;
    }

    /** What may be done after it. */
    public Retry retry() {
      return retry;
    }
  }
}
