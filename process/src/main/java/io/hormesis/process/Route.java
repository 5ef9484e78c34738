package io.hormesis.process;

import java.time.Duration;
import java.util.Optional;

/**
 * Which request an HTTP call becomes. Names in braces, query parameters and the JSON body are bound
 * to the record's components by name, the {@code Idempotency-Key} header to a component of type
 * {@link RequestId}.
 */
public sealed interface Route permits QueryRoute, CommandRoute {

  /** The longest deadline at the edge, and the usual one. */
  Duration DEADLINE = Duration.ofSeconds(2);

  /** {@code GET} for a query, {@code POST} for a command. */
  String method();

  /** Begins with a slash; {@code {name}} binds one segment. */
  String path();

  /** The request that a call becomes. */
  Class<?> request();

  /** How long the caller waits at most: more than 0, at most {@link #DEADLINE}. */
  Duration deadline();

  /** A query over HTTP; a reply that is an empty {@code Optional} becomes 404. */
  static <R, Q extends Query<R>> QueryRoute<R, Q> get(String path, Class<Q> query) {
    return new QueryRoute<>(path, query, DEADLINE, Optional.empty());
  }

  /** A command over HTTP: 201 when it is done, 409 when its worker refuses. */
  static <R, C extends Command<R>> CommandRoute<R, C> post(String path, Class<C> command) {
    return new CommandRoute<>(path, command, DEADLINE);
  }
}
