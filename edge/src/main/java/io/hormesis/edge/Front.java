package io.hormesis.edge;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.Application;
import io.hormesis.process.Route;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
  private static final int MOST_TURNED = 1000;
  private static final Duration MARGIN = Duration.ofMillis(20);
  static final String TRACEPARENT = "traceparent";

  private final PathTable<Binding> routes;
  private final Asker asker;
  private final RandomGenerator random;
  private final Admission admission;
  private final Supplier<EdgeList> edges;
  private volatile boolean draining;
  private final Map<Admission.Entry.Turned, HttpReply> turned = new ConcurrentHashMap<>();

  /**
   * The front of an application.
   *
   * @param random for trace ids; need not be thread-safe, but must not be used elsewhere then
   * @param admission decides who may enter
   * @param edges the edges that callers may turn to; asked with each call
   */
  public Front(
      Application application,
      Asker asker,
      RandomGenerator random,
      Admission admission,
      Supplier<EdgeList> edges) {
    this.routes =
        new PathTable<>(
            application.routes().stream()
                .map(it -> new PathTable.Entry<>(it.method(), it.path(), Binding.of(it)))
                .toList());
    this.asker = asker;
    this.random = random;
    this.admission = admission;
    this.edges = edges;
  }

  /** From now on, tells each new call to go elsewhere. */
  public void drain() {
    draining = true;
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
          LOG.error(
              "No reply is made of the end of a {}, trace {}",
              request.getClass().getSimpleName(),
              trace.traceId(),
              e);
          return unanswerable(trace).reply();
        }
      }

      /** Whether the author's code makes the reply, which may take its time. */
      boolean needsAuthor(CallResult<Object> how) {
        return Endings.isDefaulted(route, how);
      }
    }
  }

  /**
   * Answers a call; the future ends by its route's deadline, and always normally.
   *
   * @param edge the address that the reply is to name
   */
  public CompletableFuture<EdgeReply> answer(EdgeRequest request, URI edge) {
    return answer(request, edge, Duration.ZERO);
  }

  /**
   * Answers a call that waited.
   *
   * @param edge the address that the reply is to name
   * @param waited how long it waited to be read
   */
  public CompletableFuture<EdgeReply> answer(EdgeRequest request, URI edge, Duration waited) {
    HttpCall call = HttpCall.of(request, waited);
    CompletableFuture<HttpReply> reply =
        switch (call(call)) {
          case Called.Answered(HttpReply it) -> CompletableFuture.completedFuture(it);
          case Called.Asked asked -> asked.ending().thenApply(asked::reply);
        };
    return reply
        .thenApply(it -> told(call, it))
        .thenApply(it -> new EdgeReply(it.status(), it.headers(), it.body(), edge));
  }

  /** A reply, with what its caller does not know of the edges yet. */
  HttpReply told(HttpCall call, HttpReply reply) {
    return edges
        .get()
        .news(call.header(EdgeList.HEADER))
        .map(it -> reply.with(EdgeList.HEADER, it))
        .orElse(reply);
  }

  /** The deadline of the route that a call will take, as far as its head tells. */
  Optional<Duration> deadline(String method, String path) {
    try {
      return routes.match(method, path) instanceof PathTable.Match.Found<Binding>(var binding, _)
          ? Optional.of(binding.route().deadline())
          : Optional.empty();
    } catch (Refusal malformed) {
      return Optional.empty();
    }
  }

  /** Takes a call. */
  Called call(HttpCall call) {
    Trace trace = trace(call.header(TRACEPARENT));
    try {
      return draining ? answered(elsewhere(), trace) : called(call, trace);
    } catch (Refusal e) {
      return answered(e.problem(), trace);
    } catch (RuntimeException e) {
      LOG.error(
          "The call {} {} has no answer, trace {}", call.method(), call.path(), trace.traceId(), e);
      return unanswerable(trace);
    }
  }

  private static Problem elsewhere() {
    return Problem.draining(
        "server must serve, but takes no more calls for it is about to stop: turn to another edge");
  }

  private static Called.Answered unanswerable(Trace trace) {
    return answered(
        Problem.internal("call must be answered, but cannot be: tell the operator the trace"),
        trace);
  }

  /** What whoever calls now would be told, whatever he asks; empty when he may enter. */
  Optional<HttpReply> turnsAll(Duration waited) {
    return draining ? Optional.empty() : admission.full(waited).map(this::turned);
  }

  /** Many get the same one. It names no trace, for nothing was done that could be followed. */
  private HttpReply turned(Admission.Entry.Turned why) {
    if (turned.size() > MOST_TURNED) {
      turned.clear();
    }
    return turned.computeIfAbsent(why, it -> Endings.turned(it, Optional.empty()));
  }

  /** The reply to what never became a call. */
  HttpReply refuse(Problem problem, Optional<String> traceparent) {
    return answered(problem, trace(traceparent)).reply();
  }

  private Called called(HttpCall call, Trace trace) {
    return switch (routes.match(call.method(), call.path())) {
      case PathTable.Match.Found<Binding>(var binding, var values) ->
          switch (admission.enter(binding.route().deadline(), call.waited())) {
            case Admission.Entry.Turned turned ->
                new Called.Answered(
                    traced(Endings.turned(turned, Optional.of(trace.traceId())), trace));
            case Admission.Entry.Permit permit -> admitted(call, binding, values, trace, permit);
          };
      case PathTable.Match.OtherMethods<Binding>(String allow) -> {
        Problem problem =
            Problem.wrongMethod(
                "method of %s must be %s, but was %s: use it"
                    .formatted(Shown.of(call.path()), allow, Shown.of(call.method())));
        yield new Called.Answered(answered(problem, trace).reply().with("Allow", allow));
      }
      case PathTable.Match.Nowhere<Binding> _ ->
          answered(
              Problem.noSuchPath(
                  "path must be one of %s, but was %s: correct it"
                      .formatted(routes.paths(), Shown.of(call.path()))),
              trace);
    };
  }

  private Called admitted(
      HttpCall call,
      Binding binding,
      Map<String, String> values,
      Trace trace,
      Admission.Entry.Permit permit) {
    try {
      Record request = binding.bind(call, values);
      Route route = binding.route();
      CompletableFuture<CallResult<Object>> ending =
          asker.ask(
              new Ask(
                  request,
                  inside(route.deadline(), call.waited()),
                  RequestContext.begin(trace, Priority.REQUEST)));
      var _ = ending.whenComplete((how, failure) -> permit.leave(Endings.leave(how, failure)));
      return new Called.Asked(route, request, trace, ending);
    } catch (RuntimeException e) {
      permit.leave(Admission.Leave.OTHER);
      throw e;
    }
  }

  /**
   * What is left of a caller's time for those inside: a little less, so that their own word on a
   * request that could not be sent in time (503) comes before the edge must say that nobody knows.
   */
  static Duration inside(Duration deadline, Duration waited) {
    Duration tenth = deadline.dividedBy(10);
    Duration left = deadline.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN).minus(waited);
    return left.isPositive() ? left : Duration.ofNanos(1);
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
