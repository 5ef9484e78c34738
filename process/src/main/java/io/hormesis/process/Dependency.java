package io.hormesis.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that a process makes of others, with its deadline and, for a query, its default reply.
 * It names the request, not who serves it.
 *
 * <p>Paper: §3.3. A dependency without a deadline, or a query without a default reply, does not
 * compile.
 *
 * @param <Q> the request
 * @param <A> {@link Answer} of a query, {@link Outcome} of a command
 */
// The answer's type is for the compiler alone: it makes peers.to(dependency) give the right peer.
@SuppressWarnings("UnusedTypeParameter")
public final class Dependency<Q, A> {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Class<Q> request;
  private final Duration deadline;
  private final Optional<Function<Q, ?>> defaultReply;

  private Dependency(Class<Q> request, Duration deadline, Optional<Function<Q, ?>> defaultReply) {
    this.request = request;
    this.deadline = deadline;
    this.defaultReply = defaultReply;
  }

  /** Starts the declaration of a query that the process asks. */
  public static <R, Q extends Query<R>> QueryStage<R, Q> on(Class<Q> query) {
    return deadline ->
        fallback -> new Dependency<>(query, checked(query, deadline), Optional.of(fallback));
  }

  /** Starts the declaration of a command that the process sends. */
  public static <R, C extends Command<R>> CommandStage<R, C> onCommand(Class<C> command) {
    return deadline ->
        () -> new Dependency<>(command, checked(command, deadline), Optional.empty());
  }

  /** The request that is made. */
  public Class<Q> request() {
    return request;
  }

  /** How long its asker waits at most: more than 0, at most 30 s. */
  public Duration deadline() {
    return deadline;
  }

  /** The default reply to a query; empty for a command. */
  public Optional<Function<Q, ?>> defaultReply() {
    return defaultReply;
  }

  @Override
  public String toString() {
    return "dependency on " + request.getSimpleName();
  }

  static Duration checked(Class<?> request, Duration deadline) {
    if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
      throw new DeclarationException(
          "deadline of %s must be more than 0 and at most 30 s, but was %s: name a time that its caller can wait"
              .formatted(request.getSimpleName(), deadline));
    }
    return deadline;
  }

  /** A query that still lacks its deadline. */
  @FunctionalInterface
  public interface QueryStage<R, Q extends Query<R>> {

    /** How long its asker waits at most: more than 0, at most 30 s. */
    DefaultStage<R, Q> within(Duration deadline);
  }

  /** A query that still lacks its default reply. */
  @FunctionalInterface
  public interface DefaultStage<R, Q extends Query<R>> {

    /** The reply that stands in: local, at once, without asking anybody. */
    Dependency<Q, Answer<R>> otherwise(Function<Q, R> defaultReply);
  }

  /** A command that still lacks its deadline. */
  @FunctionalInterface
  public interface CommandStage<R, C extends Command<R>> {

    /** How long its sender waits at most: more than 0, at most 30 s. */
    RefusedStage<R, C> within(Duration deadline);
  }

  /** A command that is to be refused when nobody can take it. */
  @FunctionalInterface
  public interface RefusedStage<R, C extends Command<R>> {

    /** Says that there is no default reply: its sender is told whether it was done. */
    Dependency<C, Outcome<R>> orRefused();
  }
}
