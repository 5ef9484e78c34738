package io.hormesis.edge;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.Ending;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.process.Application;
import io.hormesis.process.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The front door of one server: an HTTP call becomes the request of its route, its ending becomes
 * the HTTP reply. A call waits no longer than its route's deadline, whatever happens behind.
 *
 * <p>Nothing that a caller says can steer the inside: of the headers only {@code Idempotency-Key},
 * {@code traceparent} and those of HTTP itself are read, every other {@code Hormesis-} one is left
 * at the door.
 */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration MARGIN = Duration.ofMillis(20);
  static final String TRACEPARENT = "traceparent";

  private final RouteTable routes;
  private final Asker asker;
  private final RandomGenerator random;
  private final Listener listener;

  private Edge(
      EdgeSettings settings, Application application, Asker asker, RandomGenerator random) {
    this.routes = new RouteTable(application.routes());
    this.asker = asker;
    this.random = random;
    this.listener = Listener.open("edge", settings, new Answers());
  }

  /**
   * Opens the door.
   *
   * @param random for trace ids; need not be thread-safe, but must not be used elsewhere then
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  public static Edge open(
      EdgeSettings settings, Application application, Asker asker, RandomGenerator random) {
    return new Edge(settings, application, asker, random);
  }

  /** The port on which it listens. */
  public int port() {
    return listener.port();
  }

  /** Stops accepting, lets calls under way end within their limit, and closes. */
  @Override
  public void close() {
    listener.close();
  }

  private final class Answers implements Listener.Answering {

    @Override
    public HttpReply answer(HttpCall call) throws IOException {
      Trace trace = trace(call.header(TRACEPARENT));
      try (var _ = MDC.putCloseable("trace", trace.traceId())) {
        HttpReply reply = answerOrProblem(call, trace);
        LOG.debug("{} {} {}", reply.status(), call.method(), call.path());
        return reply.with(TRACEPARENT, trace.traceparent());
      }
    }

    @Override
    public HttpReply refuse(Problem problem, Optional<String> traceparent) {
      Trace trace = trace(traceparent);
      return problem.reply(Optional.of(trace.traceId())).with(TRACEPARENT, trace.traceparent());
    }
  }

  private HttpReply answerOrProblem(HttpCall call, Trace trace) throws IOException {
    try {
      return answer(call, trace);
    } catch (Refusal e) {
      return e.problem().reply(Optional.of(trace.traceId()));
    } catch (RuntimeException e) {
      LOG.error("The call {} {} has no answer", call.method(), call.path(), e);
      return Problem.internal("call must be answered, but cannot be: tell the operator the trace")
          .reply(Optional.of(trace.traceId()));
    }
  }

  private HttpReply answer(HttpCall call, Trace trace) throws IOException {
    return switch (routes.match(call.method(), call.path())) {
      case RouteTable.Match.Found(var binding, var values) -> {
        Record request = binding.bind(call, values);
        Ending ending = ask(binding.route(), request, trace);
        yield Endings.reply(binding.route(), request, ending, trace.traceId());
      }
      case RouteTable.Match.OtherMethods(String allow) ->
          Problem.wrongMethod(
                  "method of %s must be %s, but was %s: use it"
                      .formatted(Shown.of(call.path()), allow, Shown.of(call.method())))
              .reply(Optional.of(trace.traceId()))
              .with("Allow", allow);
      case RouteTable.Match.Nowhere _ ->
          throw new Refusal(
              Problem.noSuchPath(
                  "path must be one of %s, but was %s: correct it"
                      .formatted(routes.paths(), Shown.of(call.path()))));
    };
  }

  private Ending ask(Route route, Record request, Trace trace) {
    CompletableFuture<Ending> ending = asker.ask(new Ask(request, inside(route.deadline()), trace));
    try {
      return ending.get(route.deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Ending.Unknown("", "the time is up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ending.Unknown("", "the edge is closing");
    } catch (ExecutionException e) {
      LOG.error("The ending of {} must come normally, but failed", request, e);
      return new Ending.Unknown("", "the server has an error");
    }
  }

  /**
   * What is left of a caller's time for those inside: a little less, so that their own word on a
   * request that could not be sent in time (503) comes before the edge must say that nobody knows.
   */
  static Duration inside(Duration deadline) {
    Duration tenth = deadline.dividedBy(10);
    return deadline.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
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
