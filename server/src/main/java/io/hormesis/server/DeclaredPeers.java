package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.engine.port.Workers;
import io.hormesis.process.Declaration;
import io.hormesis.process.DeclarationException;
import io.hormesis.process.Dependency;
import io.hormesis.process.Peer;
import io.hormesis.process.Peers;
import io.hormesis.process.Pending;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The peers that a declaration names, and no others. */
final class DeclaredPeers implements Peers {
  /** The deadline of what no request has: code that runs outside of a worker's turn. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Declaration<?> declaration;
  private final Asker asker;
  private final Workers workers;
  private final RandomGenerator random;

  DeclaredPeers(Declaration<?> declaration, Asker asker, Workers workers, RandomGenerator random) {
    this.declaration = declaration;
    this.asker = asker;
    this.workers = workers;
    this.random = random;
  }

  @Override
  public <Q, A> Peer<Q, A> to(Dependency<Q, A> dependency) {
    if (!declaration.dependencies().contains(dependency)) {
      throw new DeclarationException(
          "peer of %s must be declared, but its %s is not: add it to dependsOn"
              .formatted(declaration.name(), dependency));
    }
    return request -> ask(dependency, request);
  }

  private <Q, A> Pending<A> ask(Dependency<Q, A> dependency, Q request) {
    Optional<HandledRequest> handled = HandledRequest.current();
    Duration left = handled.map(HandledRequest::left).orElse(LONGEST);
    Duration within = left.compareTo(dependency.deadline()) < 0 ? left : dependency.deadline();
    RequestContext context =
        handled
            .map(it -> it.context().child(random))
            .orElseGet(() -> RequestContext.begin(Trace.begin(random), Priority.REQUEST));
    CompletableFuture<CallResult<Object>> ending =
        asker.ask(new Ask((Record) request, within, context));
    return () -> answer(dependency, request, settled(ending, within));
  }

  /** Waits for the ending, but not on it alone: the deadline holds whatever happens to it. */
  private CallResult<Object> settled(
      CompletableFuture<CallResult<Object>> ending, Duration within) {
    return workers
        .await(ending, within.plusMillis(1))
        .orElseGet(() ->
            new CallResult.Unknown<>("", "no answer within %d ms".formatted(within.toMillis())));
  }

  // A dependency with a default reply is one on a query, so its answer type is Answer.
  @SuppressWarnings("unchecked")
  private static <Q, A> A answer(
      Dependency<Q, A> dependency, Q request, CallResult<Object> ending) {
    return (A)
        dependency
            .defaultReply()
            .<Object>map(fallback -> ending.answer(() -> fallback.apply(request)))
            .orElseGet(ending::outcome);
  }
}
