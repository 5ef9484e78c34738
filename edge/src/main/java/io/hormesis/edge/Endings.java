package io.hormesis.edge;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.CommandRoute;
import io.hormesis.process.Query;
import io.hormesis.process.QueryRoute;
import io.hormesis.process.RequestId;
import io.hormesis.process.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the ending of a request into an HTTP reply. Only what is certainly not done is refused
 * (503); what perhaps is done is unknown (504); a query's declared default reply stands in for
 * both, and says so.
 */
final class Endings {
  static final String DEFAULT_REPLY = "Hormesis-Default-Reply";
  static final String PARTITION = "Hormesis-Partition";
  private static final String DURABLE = "durable";

  private Endings() {}

  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  /** The reply to what was not let in. */
  static HttpReply turned(Admission.Entry.Turned turned, Optional<String> traceId) {
    long seconds = Math.max(1, turned.retryAfter().plusMillis(999).toSeconds());
    return Problem.overloaded("%s: try again after %d s".formatted(turned.rule(), seconds))
        .reply(traceId)
        .with("Retry-After", String.valueOf(seconds));
  }

  /** What an ending says of how loaded the system is. */
  static Admission.Leave leave(@Nullable CallResult<Object> ending, @Nullable Throwable failure) {
    return switch (ending) {
      case null -> Admission.Leave.OTHER;
      case CallResult.Replied<Object> _, CallResult.Declined<Object> _ -> Admission.Leave.REPLIED;
      case CallResult.Unknown<Object> _ -> Admission.Leave.DROPPED;
      case CallResult.Refused<Object> refused ->
          switch (refused.cause()) {
            case UNAVAILABLE, OVERLOADED, EXPIRED -> Admission.Leave.DROPPED;
            case NOT_HERE,
                ISOLATED,
                CONFLICT,
                CRASHED,
                DEADLY,
                KEY_REUSED,
                KEY_FORGOTTEN,
                NOT_UNDERSTOOD ->
                Admission.Leave.OTHER;
          };
    };
  }

  /** Whether the reply to an ending is the route's default reply. */
  static boolean isDefaulted(Route route, CallResult<Object> ending) {
    boolean failed =
        ending instanceof CallResult.Refused<Object>
            || ending instanceof CallResult.Unknown<Object>;
    return failed && route instanceof QueryRoute<?, ?> query && query.defaultReply().isPresent();
  }

  static HttpReply reply(Route route, Record request, CallResult<Object> ending, String traceId) {
    Optional<String> trace = Optional.of(traceId);
    HttpReply reply =
        switch (ending) {
          case CallResult.Replied<Object> replied -> value(route, replied, trace);
          case CallResult.Declined<Object> declined ->
              Problem.declined(declined.reason()).reply(trace);
          case CallResult.Refused<Object> refused ->
              defaultReply(route, request, trace)
                  .orElseGet(() -> from(refused, refused(request, refused, traceId), trace));
          case CallResult.Unknown<Object> unknown ->
              defaultReply(route, request, trace)
                  .orElseGet(() -> from(unknown, unknown(route, request, unknown, traceId), trace));
        };
    return ending.target().isEmpty() ? reply : reply.with(PARTITION, ending.target());
  }

  private static HttpReply from(
      CallResult<Object> ending, Problem problem, Optional<String> trace) {
    String process = ending.target().split("/", 2)[0];
    return (process.isEmpty() ? problem : problem.from(process)).reply(trace);
  }

  private static HttpReply value(
      Route route, CallResult.Replied<Object> replied, Optional<String> trace) {
    int status = route instanceof CommandRoute ? 201 : 200;
    return present(replied.value())
        .map(it ->
            HttpReply.json(
                status,
                replied.durable() ? JsonText.of(it, "durability", DURABLE) : JsonText.of(it)))
        .orElseGet(() -> nothingThere(route).reply(trace));
  }

  private static Optional<?> present(Object value) {
    return value instanceof Optional<?> optional ? optional : Optional.of(value);
  }

  private static Problem nothingThere(Route route) {
    return Problem.nothingThere(
        "%s must exist, but does not: check the values in the path".formatted(route.path()));
  }

  private static Optional<HttpReply> defaultReply(
      Route route, Record request, Optional<String> trace) {
    return switch (route) {
      case CommandRoute<?, ?> _ -> Optional.empty();
      case QueryRoute<?, ?> query ->
          defaultValue(query, request)
              .map(value ->
                  present(value)
                      .map(it -> HttpReply.json(200, JsonText.of(it)))
                      .orElseGet(() -> nothingThere(route).reply(trace))
                      .with(DEFAULT_REPLY, request.getClass().getSimpleName()));
    };
  }

  private static <R, Q extends Query<R>> Optional<R> defaultValue(
      QueryRoute<R, Q> route, Record request) {
    return route.defaultReply().map(it -> it.apply(route.request().cast(request)));
  }

  /**
   * A refusal as strangers are told of it. Its reason goes to the log where it may come from an
   * exception, whose text is nobody's business outside.
   */
  private static Problem refused(
      Record request, CallResult.Refused<Object> refused, String traceId) {
    String name = request.getClass().getSimpleName();
    return switch (refused.cause()) {
      case NOT_HERE ->
          Problem.notHere(
              "request %s must be taken by an instance, but this edge knows none: turn to another edge"
                  .formatted(name));
      case UNAVAILABLE, ISOLATED, CONFLICT, EXPIRED ->
          Problem.refused(
              "request %s must be taken by an instance, but was refused (%s): nothing was done, try again after 1 s"
                  .formatted(name, refused.reason()));
      case CRASHED -> {
        LOG.warn("The worker of {} failed on it ({}), trace {}", name, refused.reason(), traceId);
        yield Problem.refused(
            "request %s must be handled, but its worker failed on it: nothing was done, tell the owner of the process the trace"
                .formatted(name));
      }
      case OVERLOADED ->
          Problem.overloaded(
              "request %s must be done in time, but more is asked than can be: nothing was done, do not retry at once"
                  .formatted(name));
      case DEADLY ->
          Problem.refused(
              "request %s must leave servers alive, but more than one ended under it: nothing was done, do not send it again"
                  .formatted(name));
      case KEY_REUSED -> keyReused(request);
      case KEY_FORGOTTEN -> keyForgotten(request);
      case NOT_UNDERSTOOD -> {
        LOG.warn("A request {} is not understood ({}), trace {}", name, refused.reason(), traceId);
        yield Problem.badRequest(
            "request %s must be in the contract of its process, and fit its limits, but does not: make it smaller, or tell the operator the trace"
                .formatted(name));
      }
    };
  }

  private static Problem keyReused(Record request) {
    return Problem.keyReused(
        "header Idempotency-Key must be new for each new request, but %s was used for another one: choose a new one"
            .formatted(key(request)));
  }

  private static Problem keyForgotten(Record request) {
    return Problem.keyForgotten(
        "header Idempotency-Key must be of the last 24 h, but %s was used so long ago that its reply is no longer kept: read whether it was done, or choose a new one"
            .formatted(key(request)));
  }

  private static Problem unknown(
      Route route, Record request, CallResult.Unknown<Object> unknown, String traceId) {
    String name = request.getClass().getSimpleName();
    LOG.info("The end of {} is unknown ({}), trace {}", name, unknown.reason(), traceId);
    return Problem.unknown(
        "request %s must end within %d ms, but nobody knows whether it did: %s"
            .formatted(
                name,
                route.deadline().toMillis(),
                route instanceof CommandRoute
                    ? "ask again with the same Idempotency-Key"
                    : "ask again"));
  }

  private static String key(Record request) {
    return Shape.of(request.getClass()).components().stream()
        .filter(it -> it.type() == RequestId.class)
        .findFirst()
        .map(it -> "\"%s\"".formatted(Shown.of(((RequestId) it.valueIn(request)).value())))
        .orElse("the one given");
  }
}
