package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.process.MessageType;
import io.hormesis.server.Failure;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.sweep.Rehearsal.Ended;
import java.time.Duration;
import java.util.Optional;

/** Says what broke a worker. */
final class Judgement {
  /** What a reply needs to get to its asker: a worker that ends later has ended in vain. */
  private static final Duration MARGIN = Duration.ofMillis(10);

  private Judgement() {}

  /** What broke the worker, in words; empty when nothing did. */
  static Optional<String> of(Rehearsal rehearsal, Ended ended) {
    if (ended.failure().isPresent()) {
      return ended.failure().map(Judgement::failed);
    }
    if (ended.took().compareTo(rehearsal.within().minus(MARGIN)) >= 0) {
      return Optional.of(slow(rehearsal));
    }
    return switch (ended.ending()) {
      case Ending.Replied _, Ending.Declined _ -> Optional.empty();
      case Ending.Refused refused -> Optional.of("wrong: " + refused.reason());
      case Ending.Unknown unknown -> Optional.of("wrong: " + unknown.reason());
    };
  }

  private static String failed(Failure failure) {
    return switch (failure) {
      case Failure.Crashed(_, Throwable cause) -> "crashed: " + Origin.of(cause);
      case Failure.Wrong(_, String what) -> "wrong: " + what;
    };
  }

  private static String slow(Rehearsal rehearsal) {
    boolean answerable =
        rehearsal.type().kind() == MessageType.Kind.QUERY && rehearsal.subject().hasDefaults();
    return "slow: its worker was not done %d ms before its deadline of %d ms%s"
        .formatted(
            MARGIN.toMillis(),
            rehearsal.within().toMillis(),
            answerable
                ? ", so its asker gets no reply at all, though all that it asks has default replies"
                : "");
  }
}
