package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.process.MessageType;
import io.hormesis.server.Failure;
import io.hormesis.simulation.sweep.Rehearsal.Ended;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says what broke a worker. */
final class Judgement {
  private static final Duration CLOSE = Duration.ofMillis(5);
  private static final List<String> NOT_THE_AUTHORS =
      List.of("java.", "jdk.", "io.hormesis.server.", "io.hormesis.process.");

  private Judgement() {}

  /** What broke the worker, in words; empty when nothing did. */
  static Optional<String> of(Rehearsal rehearsal, Ended ended) {
    return ended
        .failure()
        .map(Judgement::failed)
        .or(() ->
            switch (ended.ending()) {
              case Ending.Replied _, Ending.Declined _ -> Optional.empty();
              case Ending.Refused refused ->
                  Optional.of(noReply(rehearsal, ended, refused.reason()));
              case Ending.Unknown unknown ->
                  Optional.of(noReply(rehearsal, ended, unknown.reason()));
            });
  }

  private static String failed(Failure failure) {
    return switch (failure) {
      case Failure.Crashed(_, Throwable cause) -> "crashed: " + cause + at(cause);
      case Failure.Wrong(_, String what) -> "wrong: " + what;
    };
  }

  private static String noReply(Rehearsal rehearsal, Ended ended, String reason) {
    if (ended.took().compareTo(rehearsal.within().minus(CLOSE)) < 0) {
      return "wrong: " + reason;
    }
    boolean answerable =
        rehearsal.type().kind() == MessageType.Kind.QUERY && rehearsal.subject().hasDefaults();
    return "slow: its worker had not ended within %d ms%s"
        .formatted(
            rehearsal.within().toMillis(),
            answerable
                ? ", so its asker got no reply at all, though all that it asks has default replies"
                : "");
  }

  /** Where the author's own code was. */
  private static String at(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .filter(it -> NOT_THE_AUTHORS.stream().noneMatch(it.getClassName()::startsWith))
        .findFirst()
        .map(it -> " at %s:%d".formatted(it.getFileName(), it.getLineNumber()))
        .orElse("");
  }
}
