package io.hormesis.testing;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Answer;
import io.hormesis.process.Command;
import io.hormesis.process.Outcome;
import io.hormesis.process.Pending;
import io.hormesis.process.Query;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Somebody who uses a system from outside, through the servers of one region or of all. What is
 * asked ends within 2 s of virtual time, one way or another.
 *
 * <p>{@code ask}, {@code send} and {@code http} let time go by until the end. {@code asking},
 * {@code sending} and {@code calling} return at once, so that several can be under way; {@link
 * Pending#await} then lets time go by.
 */
public sealed class Caller permits Lab {
  private final Play play;
  private final String region;

  /**
   * A caller.
   *
   * @param region the region whose servers it knows; empty for all
   */
  Caller(Play play, String region) {
    this.play = play;
    this.region = region;
  }

  /**
   * What a worker replies to a query.
   *
   * @throws AssertionError when none does in time
   */
  // A worker's reply to a query is of the kind that the query promises.
  @SuppressWarnings("unchecked")
  public <R> R ask(Query<R> query) {
    CallResult<Object> ending = play.await(begin(query));
    if (ending instanceof CallResult.Replied<Object> replied) {
      return (R) replied.value();
    }
    throw new AssertionError(
        "%s must be answered by a worker, but was not (%s): wait until it can be, or ask it with a default reply"
            .formatted(query, ending));
  }

  /** The answer to a query: a worker's reply, or the default one when there is none in time. */
  public <R> Answer<R> ask(Query<R> query, R otherwise) {
    return asking(query, otherwise).await();
  }

  /** Asks a query and returns at once. */
  // A worker's reply to a query is of the kind that the query promises.
  @SuppressWarnings("unchecked")
  public <R> Pending<Answer<R>> asking(Query<R> query, R otherwise) {
    CompletableFuture<CallResult<Object>> underWay = begin(query);
    return () -> (Answer<R>) play.await(underWay).answer(() -> otherwise);
  }

  /** What a command came to. Send it again under the same request id when that is unknown. */
  public <R> Outcome<R> send(Command<R> command) {
    return sending(command).await();
  }

  /** Sends a command and returns at once. */
  // A worker's reply to a command is of the kind that the command promises.
  @SuppressWarnings("unchecked")
  public <R> Pending<Outcome<R>> sending(Command<R> command) {
    CompletableFuture<CallResult<Object>> underWay = begin(command);
    return () -> (Outcome<R>) play.await(underWay).outcome();
  }

  /**
   * The reply to an HTTP call; it goes from door to door until it has one, as every client does.
   *
   * @throws AssertionError when no door replies in time
   */
  public EdgeReply http(EdgeRequest request) {
    return calling(request).await();
  }

  /** Sends an HTTP call and returns at once. */
  public Pending<EdgeReply> calling(EdgeRequest request) {
    String what = "%s %s".formatted(request.method(), request.path());
    CompletableFuture<EdgeReply> underWay = play.system().call(request, doors());
    var _ =
        underWay.whenComplete(
            (reply, failure) -> play.note("%s → %s", what, reply == null ? failure : shown(reply)));
    return () -> replied(underWay);
  }

  private EdgeReply replied(CompletableFuture<EdgeReply> underWay) {
    try {
      return play.await(underWay);
    } catch (CompletionException silent) {
      throw new AssertionError(Objects.requireNonNull(silent.getCause()).getMessage(), silent);
    }
  }

  private CompletableFuture<CallResult<Object>> begin(Object request) {
    CompletableFuture<CallResult<Object>> underWay = play.system().ask((Record) request, doors());
    var _ = underWay.thenAccept(ending -> play.note("%s → %s", request, ending));
    return underWay;
  }

  private List<String> doors() {
    return play.system().servers().stream().filter(it -> it.startsWith(region)).toList();
  }

  private static String shown(EdgeReply reply) {
    return "%d from %s %s".formatted(reply.status(), reply.edge().getHost(), reply.body());
  }
}
