package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeRequest;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.simulation.Dice;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the system to its word: the same key again gets the same reply. Callers ask some of what
 * was answered once more, and whatever they hear under a key is compared with what was said first.
 */
final class Repeats {
  private static final double SOME = 0.1;
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofSeconds(10);

  private final SystemWorld world;
  private final Consumer<EdgeRequest> askAgain;
  private final Set<String> watched = new HashSet<>();
  private final Map<String, Object> first = new HashMap<>();
  private long repeated;

  Repeats(SystemWorld world, Consumer<EdgeRequest> askAgain) {
    this.world = world;
    this.askAgain = askAgain;
  }

  /** From now on what is heard under a key is held to it; other keys are left alone. */
  void watch(String key) {
    watched.add(key);
  }

  /**
   * A caller has heard how a request ended.
   *
   * @return whether it is news: not what was heard under the same key before
   */
  boolean news(EdgeRequest request, ObservedHistory.Asked asked) {
    boolean promised =
        watched.contains(request.headers().getOrDefault("Idempotency-Key", ""))
            && promised(asked.message());
    Optional<Object> word = promised ? word(asked.ending().join()) : Optional.empty();
    if (word.isEmpty()) {
      return true;
    }
    String key = request.path() + " " + request.headers().get("Idempotency-Key");
    Object before = first.putIfAbsent(key, word.get());
    if (before == null) {
      askSomeAgain(key, request);
      return true;
    }
    repeated++;
    if (!before.equals(word.get())) {
      world.violated(
          "same key",
          "the same key must get the same reply, but %s got %s after %s"
              .formatted(asked.message(), word.get(), before));
    }
    return false;
  }

  /** Each key has dice of its own: what other callers do changes nothing here. */
  private void askSomeAgain(String key, EdgeRequest request) {
    Dice dice = Dice.of(world.seed(), "repeat " + key);
    if (dice.chance(SOME)) {
      world.time().after(dice.between(SOON, LATE).toNanos(), () -> askAgain.accept(request));
    }
  }

  /** How often a key was heard of again. */
  long repeated() {
    return repeated;
  }

  /** Only what keeps state remembers the keys of its requests. */
  private boolean promised(Record message) {
    return world.plan().application().serving(message.getClass()).stateful()
        && ObservedHistory.hasId(message);
  }

  /** What must not change; what the platform says of a bad moment may. */
  private static Optional<Object> word(CallResult<Object> ending) {
    return switch (ending) {
      case CallResult.Replied<Object> replied -> Optional.of(replied.value());
      case CallResult.Declined<Object> declined -> Optional.of("refused: " + declined.reason());
      case CallResult.Refused(_, CallResult.Cause cause, _, _) ->
          switch (cause) {
            case KEY_REUSED, KEY_FORGOTTEN -> Optional.of(cause);
            case UNAVAILABLE,
                CRASHED,
                NOT_UNDERSTOOD,
                NOT_HERE,
                ISOLATED,
                CONFLICT,
                OVERLOADED,
                EXPIRED,
                DEADLY ->
                Optional.empty();
          };
      case CallResult.Unknown<Object> _ -> Optional.empty();
    };
  }
}
