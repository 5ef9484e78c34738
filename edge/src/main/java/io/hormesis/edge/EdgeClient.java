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
import java.util.List;
import java.util.Map;
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
 * and sends a request again as long as there is time and no harm in it. How it does that is in
 * {@link FailoverClient}; this is their way over HTTP. Thread-safe.
 */
public final class EdgeClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .executor(threads)
          .build();
  private final FailoverClient client;

  private EdgeClient(List<URI> edges, RandomGenerator random) {
    this.client = new FailoverClient(edges, new Http(), random);
  }

  /**
   * A client of these edges.
   *
   * @param edges base addresses, such as {@code http://127.0.0.1:8080}
   * @param random for the first door and for pauses; must not be used elsewhere then
   */
  public static EdgeClient of(List<URI> edges, RandomGenerator random) {
    return new EdgeClient(
        edges.stream().map(it -> URI.create(it.toString().replaceAll("/+$", ""))).toList(), random);
  }

  /**
   * Sends a request; never blocks.
   *
   * @param within how long a reply is of use, all tries included
   * @return as {@link FailoverClient#send}
   */
  public CompletableFuture<EdgeReply> send(EdgeRequest request, Duration within) {
    return client.send(request, within);
  }

  /** Ends all connections; requests under way fail. */
  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }

  private final class Http implements FailoverClient.Wire {

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void later(Duration pause, Runnable step) {
      Executor soon =
          pause.isZero()
              ? threads
              : CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, threads);
      soon.execute(step);
    }

    @Override
    public CompletableFuture<FailoverClient.AttemptResult> exchange(
        EdgeRequest request, URI edge, Duration limit) {
      CompletableFuture<HttpResponse<String>> exchange =
          http.sendAsync(
              httpRequest(request, edge),
              BodyHandlers.limiting(BodyHandlers.ofString(), BODY_LIMIT));
      return exchange
          .copy()
          .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
          .thenApply(it -> replied(it, edge))
          .exceptionally(failure -> {
            exchange.cancel(true);
            return failed(failure, edge, limit);
          });
    }
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

  private static FailoverClient.AttemptResult replied(HttpResponse<String> response, URI edge) {
    Map<String, String> headers =
        response.headers().map().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getFirst()));
    return FailoverClient.AttemptResult.replied(
        new EdgeReply(response.statusCode(), headers, response.body(), edge));
  }

  private static FailoverClient.AttemptResult failed(Throwable failure, URI edge, Duration limit) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case ConnectException _ -> FailoverClient.AttemptResult.notSent(edge + " refused");
      case HttpConnectTimeoutException _ ->
          FailoverClient.AttemptResult.notSent(edge + " could not be reached");
      case TimeoutException _ ->
          FailoverClient.AttemptResult.lost(
              "%s said nothing for %d ms".formatted(edge, limit.toMillis()));
      default ->
          FailoverClient.AttemptResult.lost("%s broke off: %s".formatted(edge, cause.getMessage()));
    };
  }
}
