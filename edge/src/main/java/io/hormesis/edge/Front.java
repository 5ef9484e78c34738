package io.hormesis.edge;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.Application;
import io.hormesis.process.Route;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front of one server without its door: an HTTP call becomes the request of its route, the
 * request's ending becomes the reply. It has no socket and waits for nothing, so {@link Edge} puts
 * it behind a listener and the simulation calls it directly.
 *
 * <p>Nothing that a caller says can steer the inside: of the headers only {@code Idempotency-Key},
 * {@code traceparent} and those of HTTP itself are read, every other {@code Hormesis-} one is left
 * at the door.
 */
public final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final Duration MARGIN = Duration.ofMillis(20);
  static final String TRACEPARENT = "traceparent";

  private final RouteTable routes;
  private final Asker asker;
  private final RandomGenerator random;

  /**
   * The front of an application.
   *
   * @param random for trace ids; need not be thread-safe, but must not be used elsewhere then
   */
  public Front(Application application, Asker asker, RandomGenerator random) {
    this.routes = new RouteTable(application.routes());
    this.asker = asker;
    this.random = random;
  }

  /** What a call has become. */
  sealed interface Called {

    /** It has its reply already: it leads nowhere, or is malformed. */
    record Answered(HttpReply reply) implements Called {}

    /** It is a request now, which ends by its route's deadline. */
    record Asked(
        Route route, Record request, Trace trace, CompletableFuture<CallResult<Object>> ending)
        implements Called {

      HttpReply reply(CallResult<Object> how) {
        try {
          return traced(Endings.reply(route, request, how, trace.traceId()), trace);
        } catch (RuntimeException e) {
          LOG.error("No reply is made of the end of a {}", request.getClass().getSimpleName(), e);
          return unanswerable(trace).reply();
        }
      }
    }
  }

  /**
   * Answers a call; the future ends by its route's deadline, and always normally.
   *
   * @param edge the address that the reply is to name
   */
  public CompletableFuture<EdgeReply> answer(EdgeRequest request, URI edge) {
    return replied(request)
        .thenApply(it -> new EdgeReply(it.status(), it.headers(), it.body(), edge));
  }

  private CompletableFuture<HttpReply> replied(EdgeRequest request) {
    try {
      return switch (call(new PlainCall(request))) {
        case Called.Answered(HttpReply reply) -> CompletableFuture.completedFuture(reply);
        case Called.Asked asked -> asked.ending().thenApply(asked::reply);
      };
    } catch (IOException impossible) {
      throw new IllegalStateException("a call in memory can always be read", impossible);
    }
  }

  /**
   * Takes a call.
   *
   * @throws IOException when the caller has gone
   */
  Called call(HttpCall call) throws IOException {
    Trace trace = trace(call.header(TRACEPARENT));
    try {
      return called(call, trace);
    } catch (Refusal e) {
      return answered(e.problem(), trace);
    } catch (RuntimeException e) {
      LOG.error("The call {} {} has no answer", call.method(), call.path(), e);
      return unanswerable(trace);
    }
  }

  private static Called.Answered unanswerable(Trace trace) {
    return answered(
        Problem.internal("call must be answered, but cannot be: tell the operator the trace"),
        trace);
  }

  /** The reply to what never became a call. */
  HttpReply refuse(Problem problem, Optional<String> traceparent) {
    return answered(problem, trace(traceparent)).reply();
  }

  private Called called(HttpCall call, Trace trace) throws IOException {
    return switch (routes.match(call.method(), call.path())) {
      case RouteTable.Match.Found(var binding, var values) -> {
        Record request = binding.bind(call, values);
        Route route = binding.route();
        yield new Called.Asked(
            route,
            request,
            trace,
            asker.ask(
                new Ask(
                    request,
                    inside(route.deadline()),
                    RequestContext.begin(trace, Priority.REQUEST))));
      }
      case RouteTable.Match.OtherMethods(String allow) -> {
        Problem problem =
            Problem.wrongMethod(
                "method of %s must be %s, but was %s: use it"
                    .formatted(Shown.of(call.path()), allow, Shown.of(call.method())));
        yield new Called.Answered(answered(problem, trace).reply().with("Allow", allow));
      }
      case RouteTable.Match.Nowhere _ ->
          answered(
              Problem.noSuchPath(
                  "path must be one of %s, but was %s: correct it"
                      .formatted(routes.paths(), Shown.of(call.path()))),
              trace);
    };
  }

  /**
   * What is left of a caller's time for those inside: a little less, so that their own word on a
   * request that could not be sent in time (503) comes before the edge must say that nobody knows.
   */
  static Duration inside(Duration deadline) {
    Duration tenth = deadline.dividedBy(10);
    return deadline.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
  }

  private static Called.Answered answered(Problem problem, Trace trace) {
    return new Called.Answered(traced(problem.reply(Optional.of(trace.traceId())), trace));
  }

  private static HttpReply traced(HttpReply reply, Trace trace) {
    return reply.with(TRACEPARENT, trace.traceparent());
  }

  private Trace trace(Optional<String> traceparent) {
    synchronized (random) {
      return traceparent
          .flatMap(Trace::parse)
          .map(it -> it.next(random))
          .orElseGet(() -> Trace.begin(random));
    }
  }
}
