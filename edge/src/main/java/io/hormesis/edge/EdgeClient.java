package io.hormesis.edge;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A client that knows all edges: it takes them in turn, changes to another one when its own fails,
 * and sends a request again as long as there is time and no harm in it. What it decides is in
 * {@link Doors} and {@link Sending}. Thread-safe.
 */
public final class EdgeClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);
  private static final int REFUSED = 503;
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  private final List<URI> edges;
  private final RandomGenerator random;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .executor(threads)
          .build();
  private final Object lock = new Object();
  private Doors doors;

  private EdgeClient(List<URI> edges, RandomGenerator random) {
    this.edges = edges.stream().map(it -> URI.create(it.toString().replaceAll("/+$", ""))).toList();
    this.random = random;
    this.doors = Doors.open(edges.size(), random.nextInt(Math.max(1, edges.size())));
  }

  /**
   * A client of these edges.
   *
   * @param edges base addresses, such as {@code http://127.0.0.1:8080}
   * @param random for the first door and for pauses; must not be used elsewhere then
   */
  public static EdgeClient of(List<URI> edges, RandomGenerator random) {
    return new EdgeClient(edges, random);
  }

  /**
   * Sends a request; never blocks.
   *
   * @param within how long a reply is of use, all tries included
   * @return the last reply, whatever its status; fails with a {@link NoReplyException} by the
   *     deadline when there is none, or only a refusal (503) after a try that was perhaps done
   * @throws IllegalArgumentException when the request cannot be sent as it is, whoever listens
   */
  public CompletableFuture<EdgeReply> send(EdgeRequest request, Duration within) {
    Sending begun =
        Sending.begin(
            edges.size(), request.repeatable(), request.changes(), within, System.nanoTime());
    Errand errand = new Errand(request, begun);
    errand.knock();
    return errand.result;
  }

  /** Ends all connections; requests under way fail. */
  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }

  /** How one try ended, with the reply if there was one. */
  private record Tried(Sending.Outcome outcome, Optional<EdgeReply> reply, String why) {}

  /** One request on its way from door to door; only one step of it runs at a time. */
  private final class Errand {
    private final EdgeRequest request;
    private final CompletableFuture<EdgeReply> result = new CompletableFuture<>();
    private final Set<Integer> been = new HashSet<>();
    private Sending sending;

    Errand(EdgeRequest request, Sending sending) {
      this.request = request;
      this.sending = sending;
    }

    void knock() {
      long now = System.nanoTime();
      int door = choose(been, now);
      been.add(door);
      exchange(request, edges.get(door), sending.tryLimit(now))
          .thenAccept(it -> ended(door, it))
          .exceptionally(failure -> {
            result.completeExceptionally(failure);
            return null;
          });
    }

    private void ended(int door, Tried tried) {
      long now = System.nanoTime();
      double dice = noted(door, tried.reply().isPresent(), now);
      switch (sending.after(tried.outcome(), now, dice)) {
        case Sending.Next.Done _ -> result.complete(tried.reply().orElseThrow());
        case Sending.Next.GiveUp(var after) ->
            result.completeExceptionally(noReply(after, tried.why()));
        case Sending.Next.Again(var after, var pause) -> {
          sending = after;
          later(pause).execute(this::knock);
        }
      }
    }

    private NoReplyException noReply(Sending after, String why) {
      return new NoReplyException(
          "%s %s must get a reply from one of %d edges, but got none (%s): %s"
              .formatted(
                  request.method(),
                  request.path(),
                  edges.size(),
                  why,
                  after.perhapsDone()
                      ? "perhaps it was done, ask again under the same key"
                      : "it was not done, see whether the system runs"),
          after.perhapsDone());
    }
  }

  private Executor later(Duration pause) {
    return pause.isZero()
        ? threads
        : CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, threads);
  }

  private int choose(Set<Integer> been, long now) {
    synchronized (lock) {
      Doors.Choice choice = doors.choose(been, now);
      doors = choice.after();
      return choice.door();
    }
  }

  private double noted(int door, boolean replied, long now) {
    synchronized (lock) {
      doors = replied ? doors.replied(door) : doors.failed(door, now);
      return random.nextDouble();
    }
  }

  private CompletableFuture<Tried> exchange(EdgeRequest request, URI edge, Duration limit) {
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(
            httpRequest(request, edge), BodyHandlers.limiting(BodyHandlers.ofString(), BODY_LIMIT));
    return exchange
        .copy()
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .thenApply(it -> replied(it, edge))
        .exceptionally(failure -> {
          exchange.cancel(true);
          return failed(failure, edge, limit);
        });
  }

  private static HttpRequest httpRequest(EdgeRequest request, URI edge) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(edge + request.path()))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private static Tried replied(HttpResponse<String> response, URI edge) {
    Map<String, String> headers =
        response.headers().map().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getFirst()));
    EdgeReply reply = new EdgeReply(response.statusCode(), headers, response.body(), edge);
    return reply.status() == REFUSED
        ? new Tried(
            new Sending.Outcome.Refused(retryAfter(reply)),
            Optional.of(reply),
            edge + " refused it after a try that got no reply")
        : new Tried(new Sending.Outcome.Replied(), Optional.of(reply), "a reply");
  }

  private static Optional<Duration> retryAfter(EdgeReply reply) {
    return reply
        .header("Retry-After")
        .filter(it -> it.matches("[0-9]{1,4}"))
        .map(it -> Duration.ofSeconds(Long.parseLong(it)));
  }

  private static Tried failed(Throwable failure, URI edge, Duration limit) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case ConnectException _ ->
          new Tried(new Sending.Outcome.NotSent(), Optional.empty(), edge + " refused");
      case HttpConnectTimeoutException _ ->
          new Tried(
              new Sending.Outcome.NotSent(), Optional.empty(), edge + " could not be reached");
      case TimeoutException _ ->
          new Tried(
              new Sending.Outcome.Lost(),
              Optional.empty(),
              "%s said nothing for %d ms".formatted(edge, limit.toMillis()));
      default ->
          new Tried(
              new Sending.Outcome.Lost(),
              Optional.empty(),
              "%s broke off: %s".formatted(edge, cause.getMessage()));
    };
  }
}
