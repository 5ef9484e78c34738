package io.hormesis.simulation.generate;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.process.Application;
import io.hormesis.process.CommandRoute;
import io.hormesis.process.Declaration;
import io.hormesis.process.QueryRoute;
import io.hormesis.process.Route;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.Load;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The load of an application that brings none of its own: calls of all its routes, half of them
 * writes where there are any, with drawn values. It knows nothing of receipts, so nothing is read
 * back; that every call ends in time, that the same key gets the same reply, that members are equal
 * and that no declared damage happens can be judged all the same.
 */
public final class RouteLoad implements Load {
  private static final int MOST_TRIES = 100;

  private final Application application;
  private final PlainValues values;
  private final List<Route> reads;
  private final List<Route> writes;

  /**
   * The load of an application.
   *
   * @param help of the application's author
   * @throws IllegalArgumentException when the application has no route
   */
  public RouteLoad(Application application, Collection<? extends Generator<?>> help) {
    if (application.routes().isEmpty()) {
      throw new IllegalArgumentException(
          "application %s must have a route to be called by, but has none: add one"
              .formatted(application.name()));
    }
    this.application = application;
    values = PlainValues.of(application, help);
    reads = application.routes().stream().filter(it -> it instanceof QueryRoute).toList();
    writes = application.routes().stream().filter(it -> it instanceof CommandRoute).toList();
  }

  /**
   * Draws the next call.
   *
   * @throws UndrawableException when a route's request refuses all that comes to mind
   */
  @Override
  public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
    boolean write = reads.isEmpty() || (!writes.isEmpty() && random.nextBoolean());
    Route route = Texts.pick(write ? writes : reads, random);
    Declaration<?> process = application.serving(route.request());
    String refusal = "";
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Record request = (Record) values.draw(route.request(), random);
      try {
        return call(route, EdgeRequest.of(route, request), spot(process, request));
      } catch (IllegalArgumentException notOverHttp) {
        refusal = String.valueOf(notOverHttp.getMessage());
      }
    }
    throw UndrawableException.uncallable(route, MOST_TRIES, refusal);
  }

  @Override
  public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    boolean write = call instanceof TrialCall.Write;
    return switch (reply.status()) {
      case 200, 201, 404 -> write ? new ReplyMeaning.Taken() : new ReplyMeaning.Shown();
      case 409 -> write ? new ReplyMeaning.Declined() : strange(reply);
      default -> strange(reply);
    };
  }

  private static ReplyMeaning strange(EdgeReply reply) {
    return new ReplyMeaning.Strange(reply.status() + " " + reply.body());
  }

  private static TrialCall call(Route route, EdgeRequest request, ReadBackTarget spot) {
    return switch (route) {
      case CommandRoute<?, ?> _ -> new TrialCall.Write(request, spot);
      case QueryRoute<?, ?> query ->
          new TrialCall.Read(request, spot, query.defaultReply().isPresent(), Optional.empty());
    };
  }

  // The application itself says that this process takes the request.
  @SuppressWarnings("unchecked")
  private static <M> ReadBackTarget spot(Declaration<M> process, Record request) {
    String key = process.state().map(it -> it.key().apply((M) request)).orElse("");
    if (process.stateful() && (key.isEmpty() || key.length() > Declaration.Keyed.LONGEST_KEY)) {
      throw new IllegalArgumentException(
          "key must be 1 to %d characters, but has %d: choose another"
              .formatted(Declaration.Keyed.LONGEST_KEY, key.length()));
    }
    return new ReadBackTarget(process.name(), key);
  }
}
