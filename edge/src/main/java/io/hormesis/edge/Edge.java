package io.hormesis.edge;

import io.hormesis.engine.delivery.CallResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of one server: its {@link Front} behind an HTTP listener. A call waits no longer
 * than its route's deadline, whatever happens behind.
 */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  /** Runs authors' default replies, of which nobody knows how long they take. */
  private static final Executor AUTHORS = Thread.ofVirtual().name("default-reply")::start;

  private final Front front;
  private final Listener listener;

  private Edge(EdgeSettings settings, Front front, HttpLoop loop) {
    this.front = front;
    this.listener = Listener.open("edge", settings, new Answers(), loop);
  }

  /**
   * Opens the door.
   *
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  public static Edge open(EdgeSettings settings, Front front, HttpLoop loop) {
    return new Edge(settings, front, loop);
  }

  /** The port on which it listens. */
  public int port() {
    return listener.port();
  }

  /** Tells new calls to go elsewhere, lets those under way end within their limit, and closes. */
  @Override
  public void close() {
    front.drain();
    listener.close();
  }

  private final class Answers implements Listener.Answering {

    @Override
    public CompletableFuture<HttpReply> answer(HttpCall call) {
      CompletableFuture<HttpReply> reply =
          switch (front.call(call)) {
            case Front.Called.Answered(HttpReply it) -> CompletableFuture.completedFuture(it);
            case Front.Called.Asked asked -> ended(asked);
          };
      return reply.thenApply(it -> told(call, it));
    }

    @Override
    public Optional<HttpReply> turnsAll(Duration waited) {
      return front.turnsAll(waited);
    }

    @Override
    public HttpReply refuse(Problem problem, Optional<String> traceparent) {
      return front.refuse(problem, traceparent);
    }

    @Override
    public Duration bodyLimit(String method, String path) {
      return front.deadline(method, path).orElse(EdgeSettings.BODY_TIME);
    }
  }

  private HttpReply told(HttpCall call, HttpReply reply) {
    LOG.debug("{} {} {}", reply.status(), call.method(), call.path());
    return front.told(call, reply);
  }

  /** Whoever is asked keeps the deadline; this is for the case that he does not. */
  private CompletableFuture<HttpReply> ended(Front.Called.Asked asked) {
    CompletableFuture<CallResult<Object>> ending = asked.ending();
    if (ending.isDone()) {
      return replied(asked, result(asked, ending));
    }
    var late =
        listener
            .loop()
            .schedule(
                () -> ending.complete(new CallResult.Unknown<>("", "the time is up")),
                asked.route().deadline().toNanos(),
                TimeUnit.NANOSECONDS);
    return ending
        .handleAsync(
            (_, _) -> {
              late.cancel(false);
              return result(asked, ending);
            },
            listener.replies())
        .thenCompose(how -> replied(asked, how));
  }

  private static CompletableFuture<HttpReply> replied(
      Front.Called.Asked asked, CallResult<Object> how) {
    return asked.needsAuthor(how)
        ? CompletableFuture.supplyAsync(() -> asked.reply(how), AUTHORS)
        : CompletableFuture.completedFuture(asked.reply(how));
  }

  private static CallResult<Object> result(
      Front.Called.Asked asked, CompletableFuture<CallResult<Object>> ending) {
    if (ending.isCompletedExceptionally()) {
      LOG.error(
          "The ending of {} must come normally, but failed, trace {}",
          asked.request().getClass().getSimpleName(),
          asked.trace().traceId(),
          ending.exceptionNow());
      return new CallResult.Unknown<>("", "the server has an error");
    }
    return ending.join();
  }
}
