package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.process.MessageType;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.sweep.SweepCase.Ended;
import java.time.Duration;
import java.util.Optional;

/** Says what broke a worker. */
final class Judgement {
  /** What a reply needs to get to its asker: a worker that ends later has ended in vain. */
  private static final Duration MARGIN = Duration.ofMillis(10);

  private Judgement() {}

  /** What broke the worker, in words; empty when nothing did. */
  static Optional<String> of(SweepCase sweepCase, Ended ended) {
    if (ended.failure().isPresent()) {
      return ended.failure().map(Judgement::failed);
    }
    if (ended.took().compareTo(sweepCase.within().minus(MARGIN)) >= 0) {
      return Optional.of(slow(sweepCase));
    }
    return switch (ended.ending()) {
      case CallResult.Replied<Object> _, CallResult.Declined<Object> _ -> Optional.empty();
      case CallResult.Refused<Object> refused -> Optional.of("wrong: " + refused.reason());
      case CallResult.Unknown<Object> unknown -> Optional.of("wrong: " + unknown.reason());
    };
  }

  private static String failed(Failure failure) {
    return switch (failure) {
      case Failure.Crashed(_, Throwable cause) -> "crashed: " + Origin.of(cause);
      case Failure.Slow(_, long overdue) ->
          "slow: it did not come back within %d ms after its deadline".formatted(overdue);
      case Failure.Wrong(_, String what) -> "wrong: " + what;
    };
  }

  private static String slow(SweepCase sweepCase) {
    boolean answerable =
        sweepCase.type().kind() == MessageType.Kind.QUERY && sweepCase.subject().hasDefaults();
    return "slow: its worker was not done %d ms before its deadline of %d ms%s"
        .formatted(
            MARGIN.toMillis(),
            sweepCase.within().toMillis(),
            answerable
                ? ", so its asker gets no reply at all, though all that it asks has default replies"
                : "");
  }
}
