package io.hormesis.edge;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An edge of the library with an asker whose endings a test chooses. */
final class Fixture implements AutoCloseable {
  static final String LOAN = "{\"reader\":\"ada\",\"year\":2025,\"price\":12}";

  final List<Ask> asked = new CopyOnWriteArrayList<>();
  volatile Function<Ask, CompletableFuture<CallResult<Object>>> asker = _ -> ended(replied("done"));
  volatile EdgeList edges = EdgeList.NONE;
  final Front front;
  final HttpLoop loop = HttpLoop.open();
  private final Edge edge;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Fixture() {
    this(EdgeSettings.on("127.0.0.1", 0));
  }

  Fixture(EdgeSettings settings) {
    this(settings, new FixedAdmission(256));
  }

  Fixture(EdgeSettings settings, Admission admission) {
    front = new Front(Library.APPLICATION, this::ask, new Random(1), admission, () -> edges);
    edge = Edge.open(settings, front, loop);
    port = edge.port();
  }

  int port() {
    return port;
  }

  Edge edge() {
    return edge;
  }

  static CompletableFuture<CallResult<Object>> ended(CallResult<Object> ending) {
    return CompletableFuture.completedFuture(ending);
  }

  static CallResult<Object> replied(Object value) {
    return new CallResult.Replied<>("books", value, false);
  }

  void ends(CallResult<Object> ending) {
    asker = _ -> ended(ending);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(to(path).GET(), headers);
  }

  HttpResponse<String> post(String path, String json, String... headers) {
    return post(path, BodyPublishers.ofString(json), headers);
  }

  HttpResponse<String> post(String path, BodyPublisher body, String... headers) {
    return send(to(path).POST(body), headers);
  }

  /** Lends a book with a key. */
  HttpResponse<String> lend(String json) {
    return post("/loans", json, "Idempotency-Key", "k-1", "Content-Type", "application/json");
  }

  HttpResponse<String> send(String method, String path) {
    return send(to(path).method(method, BodyPublishers.noBody()));
  }

  private CompletableFuture<CallResult<Object>> ask(Ask ask) {
    asked.add(ask);
    return asker.apply(ask);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    try {
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    edge.close();
    loop.close();
    client.close();
  }
}
