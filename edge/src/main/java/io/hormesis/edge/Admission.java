package io.hormesis.edge;

import java.time.Duration;
import java.util.Optional;

/**
 * Admission control: decides for each request whether it may enter, before it is parsed. It is
 * asked when all of the request has come, so that a slow caller holds nothing; a refusal costs no
 * more than its reply.
 *
 * <p>Asked from the thread of the edge, and told of ends from any thread: must be thread-safe, and
 * must not wait.
 */
@FunctionalInterface
public interface Admission {

  /**
   * A request wants to enter.
   *
   * @param within how long its caller waits for it
   * @param waited how long it may have waited to be read
   */
  Entry enter(Duration within, Duration waited);

  /**
   * The refusal of whoever wants to enter now; empty when the next one may. Asked before a request
   * is read, so that a refusal costs next to nothing; whoever is refused so has not entered.
   *
   * @param waited how long it may have waited to be read
   */
  default Optional<Entry.Turned> full(Duration waited) {
    return Optional.empty();
  }

  /** The decision. */
  sealed interface Entry {

    /** It may enter. Whoever is handed this says once how it ended. */
    non-sealed interface Permit extends Entry {
      void leave(Leave how);
    }

    /**
     * It may not.
     *
     * @param rule and actual value, such as {@code calls under way must be at most 2, but are more}
     * @param retryAfter when another request may have better luck
     */
    record Turned(String rule, Duration retryAfter) implements Entry {}
  }

  /** How an admitted request left, for those who learn a limit from it. */
  enum Leave {
    /** With a reply: how long it took says how loaded the system is. */
    REPLIED,
    /** Its time ran out, or it was refused for want of room inside: a sign of overload. */
    DROPPED,
    /** Refused for a reason of its own: says nothing of load. */
    OTHER
  }
}
