package io.hormesis.edge;

import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The front door of one server: its {@link Front} behind an HTTP listener. A call waits no longer
 * than its route's deadline, whatever happens behind.
 */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final Front front;
  private final Listener listener;

  private Edge(EdgeSettings settings, Front front) {
    this.front = front;
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
    return new Edge(settings, new Front(application, asker, random));
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
      return switch (front.call(call)) {
        case Front.Called.Answered(HttpReply reply) -> told(call, reply);
        case Front.Called.Asked asked -> {
          try (var _ = MDC.putCloseable("trace", asked.trace().traceId())) {
            yield told(call, asked.reply(ending(asked)));
          }
        }
      };
    }

    @Override
    public HttpReply refuse(Problem problem, Optional<String> traceparent) {
      return front.refuse(problem, traceparent);
    }
  }

  private static HttpReply told(HttpCall call, HttpReply reply) {
    LOG.debug("{} {} {}", reply.status(), call.method(), call.path());
    return reply;
  }

  private static CallResult<Object> ending(Front.Called.Asked asked) {
    try {
      return asked.ending().get(asked.route().deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new CallResult.Unknown<>("", "the time is up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallResult.Unknown<>("", "the edge is closing");
    } catch (ExecutionException e) {
      LOG.error("The ending of {} must come normally, but failed", asked.request(), e);
      return new CallResult.Unknown<>("", "the server has an error");
    }
  }
}
