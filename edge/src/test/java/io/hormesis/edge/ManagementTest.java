package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
  @TempDir static Path data;
  private static final HttpLoop LOOP = HttpLoop.open();

  record Server(String name, Optional<String> reason, List<String> hosts, double share) {}

  /** A server that a test makes ready or not. */
  private static final class View implements ManagementView {
    volatile boolean ready = true;

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public String reason() {
      return ready ? "serves" : "its \"store\" is empty";
    }

    @Override
    public CompletableFuture<?> status() {
      return CompletableFuture.completedFuture(
          Map.of(
              "servers",
              List.of(new Server("a1", Optional.empty(), List.of("books"), Double.NaN))));
    }
  }

  @Test
  void aServerThatRunsIsLiveWhateverItsState() throws Exception {
    View view = new View();
    view.ready = false;
    try (Management management = open(0, view)) {
      HttpResponse<String> reply = send(management, "GET", "/livez");
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("ok\n");
    }
  }

  @Test
  void aServerSaysWhetherItIsReady() throws Exception {
    View view = new View();
    try (Management management = open(0, view)) {
      assertThat(send(management, "GET", "/readyz").statusCode()).isEqualTo(200);
      assertThat(send(management, "GET", "/readyz?verbose").body())
          .isEqualTo("{\"ready\":true,\"reason\":\"serves\"}");
      view.ready = false;
      assertThat(send(management, "GET", "/readyz").statusCode()).isEqualTo(503);
      assertThat(send(management, "GET", "/readyz").body()).isEqualTo("not ready\n");
      HttpResponse<String> why = send(management, "GET", "/readyz?verbose");
      assertThat(why.statusCode()).isEqualTo(503);
      assertThat(why.body())
          .isEqualTo("{\"ready\":false,\"reason\":\"its \\\"store\\\" is empty\"}");
    }
  }

  @Test
  void itsStatusIsJson() throws Exception {
    try (Management management = open(0, new View())) {
      HttpResponse<String> reply = send(management, "GET", "/status");
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(reply.body())
          .isEqualTo(
              "{\"servers\":[{\"name\":\"a1\",\"reason\":null,\"hosts\":[\"books\"],\"share\":\"NaN\"}]}");
    }
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    try (Management management = open(0, new View())) {
      HttpResponse<String> reply = send(management, "GET", "/metric");
      assertThat(reply.statusCode()).isEqualTo(404);
      assertThat(reply.body())
          .contains("path must be one of /livez, /readyz, /status, but was /metric: correct it");
      reply = send(management, "POST", "/readyz");
      assertThat(reply.statusCode()).isEqualTo(405);
      assertThat(reply.headers().firstValue("Allow")).contains("GET");
      assertThat(reply.body()).contains("method of /readyz must be GET, but was POST: use it");
    }
  }

  @Test
  void itsPortIsNamedWhenItIsTaken() {
    try (Management management = open(0, new View())) {
      int port = management.port();
      assertThatThrownBy(() -> open(port, new View()))
          .isInstanceOf(EdgeException.class)
          .hasMessage(
              "port %d of the management must be free, but cannot be bound on 127.0.0.1 (Address already in use): end the program that uses it, or choose another port"
                  .formatted(port));
    }
    assertThatThrownBy(
            () -> Management.open("0.0.0.0", 0, new View(), List.of(), credential(), LOOP))
        .isInstanceOf(EdgeException.class)
        .hasMessage(
            "host of the management must be a loopback address as long as there is no TLS, but was \"0.0.0.0\": use 127.0.0.1");
  }

  @Test
  void whatChangesSomethingNeedsTheCredential() throws Exception {
    List<String> drained = new CopyOnWriteArrayList<>();
    try (Management management = open(0, new View(), drain(drained))) {
      for (String wrong : List.of("", "Bearer", "Bearer 0", "Basic " + token(), token())) {
        HttpResponse<String> reply =
            send(management, "POST", "/servers/a1/drain", "Authorization", wrong);
        assertThat(reply.statusCode()).as(wrong).isEqualTo(401);
        assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(reply.body())
            .contains(
                "header Authorization must be \\\"Bearer\\\" and the token in the file credential of the data folder, but is not: send it");
      }
      assertThat(drained).isEmpty();
      HttpResponse<String> reply =
          send(
              management,
              "POST",
              "/servers/a%2F1/drain?now",
              "Authorization",
              credential().authorization());
      assertThat(reply.statusCode()).isEqualTo(202);
      assertThat(reply.body()).isEqualTo("{\"drains\":\"a/1\"}");
      assertThat(drained).containsExactly("a/1 now");
    }
  }

  @Test
  void whatCannotBeDoneIsAProblem() throws Exception {
    ManagementRoute refusing =
        ManagementRoute.post(
            "/servers/{name}/drain",
            _ ->
                CompletableFuture.completedFuture(
                    new ManagementRoute.Result.Refused(409, "a1 must be up, but is not: wait")));
    ManagementRoute failing =
        ManagementRoute.get(
            "/fail", _ -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
    try (Management management = open(0, new View(), refusing, failing)) {
      String token = credential().authorization();
      HttpResponse<String> reply =
          send(management, "POST", "/servers/a1/drain", "Authorization", token);
      assertThat(reply.statusCode()).isEqualTo(409);
      assertThat(reply.body()).contains("a1 must be up, but is not: wait");
      reply = send(management, "GET", "/fail");
      assertThat(reply.statusCode()).isEqualTo(500);
      assertThat(reply.body()).contains("call must be answered").doesNotContain("secret");
    }
  }

  @Test
  void silentConnectionsGiveWayHereToo() throws Exception {
    EdgeSettings small =
        new EdgeSettings(
            "127.0.0.1",
            0,
            100,
            new EdgeSettings.Times(
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1)),
            new EdgeSettings.Room(2, 2, 10));
    try (Management management = Management.open(small, new View(), List.of(), credential(), LOOP);
        Raw silent = Raw.to(management.port());
        Raw second = Raw.to(management.port())) {
      try (Raw third = Raw.to(management.port())) {
        assertThat(silent.readAll()).as("gave way").isEmpty();
        third.write("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(third.readAll()).startsWith("HTTP/1.1 200 ").endsWith("ok\n");
      }
      assertThat(second.readAll()).as("sent no head").isEmpty();
    }
  }

  private static ManagementRoute drain(List<String> drained) {
    return ManagementRoute.post(
        "/servers/{name}/drain",
        call -> {
          drained.add(call.path().get("name") + " " + call.query());
          return CompletableFuture.completedFuture(
              new ManagementRoute.Result.Json(202, Map.of("drains", call.path().get("name"))));
        });
  }

  private static Management open(int port, View view, ManagementRoute... more) {
    return Management.open("127.0.0.1", port, view, List.of(more), credential(), LOOP);
  }

  private static Credential credential() {
    try {
      return Credential.in(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token() {
    return credential().authorization().substring("Bearer ".length());
  }

  @AfterAll
  static void close() {
    LOOP.close();
  }

  private static HttpResponse<String> send(
      Management management, String method, String path, String... headers)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%d%s".formatted(management.port(), path)))
              .method(method, BodyPublishers.noBody());
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofString());
    }
  }
}
