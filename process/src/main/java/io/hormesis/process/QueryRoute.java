package io.hormesis.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A route to a query.
 *
 * @param defaultReply what the caller gets when nobody can answer; empty: the call is refused
 */
public record QueryRoute<R, Q extends Query<R>>(
    String path, Class<Q> request, Duration deadline, Optional<Function<Q, R>> defaultReply)
    implements Route {

  public QueryRoute {
    RouteRules.check(path, request, deadline);
  }

  @Override
  public String method() {
    return "GET";
  }

  /** The same route with a shorter deadline. */
  public QueryRoute<R, Q> within(Duration shorter) {
    return new QueryRoute<>(path, request, shorter, defaultReply);
  }

  /** The same route with a default reply: local, at once, without asking anybody. */
  public QueryRoute<R, Q> otherwise(Function<Q, R> reply) {
    return new QueryRoute<>(path, request, deadline, Optional.of(reply));
  }
}
