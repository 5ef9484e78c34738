package io.hormesis.trial;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Steady-state test of a load: of the requests that ended in a while just past, fewer than 0.1 %
 * failed, as the verdict asks of the whole run, and fewer than 1 % took more than half of their
 * deadline. A system that cannot do that while nothing is broken has nothing to spare, so breaking
 * it would teach nothing: the first thing to see in an experiment is the steady state.
 *
 * <p>The while is longer than the deadline of a call, for what hangs has failed only then. For one
 * thread; times are milliseconds.
 *
 * <p>Source: Principles of Chaos Engineering, "build a hypothesis around steady state behavior".
 */
final class Steadiness {
  static final Duration CALM = Duration.ofSeconds(3);
  private static final long SLOW_UNDER_ONE_IN = 100;

  private final LoadWindow window;
  private final Deque<Look> looks = new ArrayDeque<>();

  /** What was known at some time. */
  private record Look(long atMillis, LoadWindow.Count count) {}

  Steadiness(LoadWindow window) {
    this.window = window;
  }

  /** What the load lacks to be steady, for people; empty when it is. To be asked often. */
  Optional<String> unsteadyReason(long nowMillis) {
    looks.addLast(new Look(nowMillis, window.count()));
    long since = nowMillis - CALM.toMillis();
    while (looks.size() > 1 && second().atMillis() <= since) {
      looks.removeFirst();
    }
    if (looks.getFirst().atMillis() > since) {
      return Optional.of("the load has run for less than " + seconds(CALM));
    }
    return unsteadyReason(looks.getLast().count().minus(looks.getFirst().count()));
  }

  private Look second() {
    return looks.stream().skip(1).findFirst().orElseThrow();
  }

  private static Optional<String> unsteadyReason(LoadWindow.Count lately) {
    String calm = "in the last " + seconds(CALM);
    if (lately.ended() == 0) {
      return Optional.of("no request ended " + calm);
    }
    if (Judge.tooMany(lately.failed(), lately.ended())) {
      return Optional.of(
          "%d of %d requests failed %s".formatted(lately.failed(), lately.ended(), calm));
    }
    if (lately.slow() * SLOW_UNDER_ONE_IN >= lately.ended()) {
      return Optional.of(
          "%d of %d requests took more than half of their deadline %s"
              .formatted(lately.slow(), lately.ended(), calm));
    }
    return Optional.empty();
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
