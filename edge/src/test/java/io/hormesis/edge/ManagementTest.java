package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManagementTest {

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
    public Object status() {
      return Map.of(
          "servers", List.of(new Server("a1", Optional.empty(), List.of("books"), Double.NaN)));
    }
  }

  @Test
  void aServerThatRunsIsLiveWhateverItsState() throws Exception {
    View view = new View();
    view.ready = false;
    try (Management management = Management.open("127.0.0.1", 0, view)) {
      HttpResponse<String> reply = send(management, "GET", "/livez");
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("ok\n");
    }
  }

  @Test
  void aServerSaysWhetherItIsReady() throws Exception {
    View view = new View();
    try (Management management = Management.open("127.0.0.1", 0, view)) {
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
    try (Management management = Management.open("127.0.0.1", 0, new View())) {
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
    try (Management management = Management.open("127.0.0.1", 0, new View())) {
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
    try (Management management = Management.open("127.0.0.1", 0, new View())) {
      int port = management.port();
      assertThatThrownBy(() -> Management.open("127.0.0.1", port, new View()))
          .isInstanceOf(EdgeException.class)
          .hasMessage(
              "port %d of the management must be free, but cannot be bound on 127.0.0.1 (Address already in use): end the program that uses it, or choose another port"
                  .formatted(port));
    }
    assertThatThrownBy(() -> Management.open("0.0.0.0", 0, new View()))
        .isInstanceOf(EdgeException.class)
        .hasMessage(
            "host of the management must be a loopback address as long as there is no TLS, but was \"0.0.0.0\": use 127.0.0.1");
  }

  private static HttpResponse<String> send(Management management, String method, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%d%s".formatted(management.port(), path)))
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }
}
