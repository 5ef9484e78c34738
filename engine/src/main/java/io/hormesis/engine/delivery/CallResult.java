package io.hormesis.engine.delivery;

import io.hormesis.process.Answer;
import io.hormesis.process.Outcome;
import java.util.Optional;
import java.util.function.Supplier;

/** How a request ended, as the server of its asker knows it. */
public sealed interface CallResult {

  /** Where it was handled: {@code registry}, or {@code tax-desk/2} for a partition; else empty. */
  String place();

  /**
   * What the asker of a query ends up with.
   *
   * @param otherwise the default reply, should it be needed
   */
  default Answer<Object> answer(Supplier<?> otherwise) {
    return switch (this) {
      case Replied it -> new Answer.Replied<>(it.value());
      case Declined it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
      case Refused it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
      case Unknown it -> new Answer.Defaulted<>(otherwise.get(), it.reason());
    };
  }

  /** What the sender of a command ends up with. */
  default Outcome<Object> outcome() {
    return switch (this) {
      case Replied it -> new Outcome.Replied<>(it.value());
      case Declined it -> new Outcome.Refused<>(Outcome.By.WORKER, it.reason());
      case Refused it -> new Outcome.Refused<>(Outcome.By.PLATFORM, it.reason());
      case Unknown it -> new Outcome.Unknown<>(it.reason());
    };
  }

  /**
   * A worker's reply.
   *
   * @param value what the request's type promises
   * @param durability {@code durable} when the reply tells of a change that survives any one
   *     server, disk or region; empty when nothing was to be kept
   */
  record Replied(String place, Object value, Optional<String> durability) implements CallResult {}

  /** The worker's own refusal: a reply like any other. */
  record Declined(String place, String reason) implements CallResult {}

  /** Certainly not done, by the platform's word. */
  record Refused(String place, Cause cause, String reason) implements CallResult {}

  /** Perhaps done, perhaps not. */
  record Unknown(String place, String reason) implements CallResult {}

  /** Why the platform refused. */
  enum Cause {
    /** No instance can take it now; coming back later may help. */
    UNAVAILABLE,
    /** The worker failed on it. */
    CRASHED,
    /** Its request id was used before, for another request. */
    KEY_REUSED,
    /** Its request id was used before, so long ago that the reply is no longer kept. */
    KEY_FORGOTTEN,
    /** It is not in the receiver's contract, or is too large for the wire. */
    NOT_UNDERSTOOD
  }
}
