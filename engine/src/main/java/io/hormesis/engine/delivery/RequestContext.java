package io.hormesis.engine.delivery;

import io.hormesis.engine.port.Priority;
import io.hormesis.process.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The request context: what travels with a message over every hop, retry, timer and notice. Only
 * the deadline is kept beside it, for each server counts it by its own clock.
 *
 * @param id names the intent; the same in every attempt, and applied once however often it comes
 * @param keyed whether the caller gave the id, as an idempotency key
 * @param trace where the request stands in its trace
 * @param priority what it may be shed for
 * @param attempt 1 for the first one
 * @param casualties the servers that ended while they had this request, in their order
 * @param principal who asks, if anybody has proven it
 * @param scenario the signed token of the failures that it carries (FIT)
 * @param unknown headers that this server does not know, to be passed on
 */
public record RequestContext(
    String id,
    boolean keyed,
    Trace trace,
    Priority priority,
    int attempt,
    List<String> casualties,
    Optional<Principal> principal,
    Optional<String> scenario,
    List<Header> unknown) {

  /** A request under which so many servers ended is tried no more. */
  public static final int MOST_CASUALTIES = 2;

  public RequestContext {
    casualties = List.copyOf(casualties);
    unknown = List.copyOf(unknown);
  }

  /** The context of a request that begins here, and has no name yet. */
  public static RequestContext begin(Trace trace, Priority priority) {
    return new RequestContext(
        "", false, trace, priority, 1, List.of(), Optional.empty(), Optional.empty(), List.of());
  }

  /** The context of a request that is made while this one is handled. */
  public RequestContext child(RandomGenerator random) {
    return new RequestContext(
        "", false, trace.next(random), priority, 1, List.of(), principal, scenario, unknown);
  }

  /**
   * The context of a notice that this request's step sends.
   *
   * @param number its number among the notices of the step, so that the same step gives the same
   *     one
   * @param id names it
   */
  public RequestContext notice(int number, String id) {
    return new RequestContext(
        id,
        false,
        trace.part(number),
        Priority.BACKGROUND,
        1,
        List.of(),
        principal,
        scenario,
        unknown);
  }

  /** The same request by its name. */
  public RequestContext named(String name, boolean byCaller) {
    return new RequestContext(
        name, byCaller, trace, priority, attempt, casualties, principal, scenario, unknown);
  }

  /** The same request with another priority. */
  public RequestContext with(Priority other) {
    return new RequestContext(
        id, keyed, trace, other, attempt, casualties, principal, scenario, unknown);
  }

  /** The same request in a later attempt. */
  public RequestContext inAttempt(int number, List<String> lost) {
    return number == attempt && lost.equals(casualties)
        ? this
        : new RequestContext(
            id, keyed, trace, priority, number, lost, principal, scenario, unknown);
  }

  /** The tags of headers that must be understood and are not. */
  public List<Integer> misunderstood() {
    if (unknown.isEmpty()) {
      return List.of();
    }
    List<Integer> tags = new ArrayList<>();
    unknown.stream().filter(Header::critical).map(Header::tag).forEach(tags::add);
    return tags;
  }
}
