package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.hormesis.edge.Credential;
import io.hormesis.edge.HttpLoop;
import io.hormesis.edge.Management;
import io.hormesis.edge.ManagementView;
import io.hormesis.server.ServerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
@Isolated("a server that is silent for half a second is passed over")
class HttpStatusTest {
  private static final String WHOLE = new JsonMapper().writeValueAsString(Samples.whole());
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void closeDoors() {
    servers.forEach(it -> it.stop(0));
  }

  @Test
  void readsTheStatusThatAServerGives() throws Exception {
    try (var source = new HttpStatus(List.of(door(200, WHOLE)))) {
      assertThat(source.status()).hasValue(Samples.whole());
    }
  }

  @Test
  void readsWhatAManagementPortWrites(@TempDir Path data) throws Exception {
    try (HttpLoop loop = HttpLoop.open();
        Management management =
            Management.open("127.0.0.1", 0, new Ready(), List.of(), Credential.in(data), loop);
        var source = new HttpStatus(List.of("http://127.0.0.1:" + management.port()))) {
      assertThat(source.status()).hasValue(Samples.whole());
    }
  }

  private record Ready() implements ManagementView {
    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public String reason() {
      return "";
    }

    @Override
    public CompletableFuture<?> status() {
      return CompletableFuture.completedFuture(Samples.whole());
    }
  }

  @Test
  void aWordOfANewerVersionDoesNotHideAServer() throws Exception {
    String newer = WHOLE.replace("\"ready\"", "\"resting\"");
    try (var source = new HttpStatus(List.of(door(200, newer)))) {
      assertThat(source.status().orElseThrow().servers())
          .hasSize(3)
          .allMatch(it -> it.state() == ServerState.DEGRADED);
    }
  }

  @Test
  void passesOverADoorThatIsClosed() throws Exception {
    String closed = door(200, WHOLE);
    servers.getFirst().stop(0);
    try (var source = new HttpStatus(List.of(closed, door(200, WHOLE)))) {
      assertThat(source.status()).isPresent();
      assertThat(source.status()).isPresent();
    }
  }

  @Test
  void passesOverAServerThatIsNotYetReadyOrTalksNonsense() throws Exception {
    try (var source =
        new HttpStatus(List.of(door(503, "{}"), door(200, "no JSON"), door(200, WHOLE)))) {
      assertThat(source.status()).hasValue(Samples.whole());
    }
  }

  @Test
  void asksTheServersInTurn() throws Exception {
    String other = new JsonMapper().writeValueAsString(Samples.status(List.of(7L, 8L, 9L)));
    try (var source = new HttpStatus(List.of(door(200, WHOLE), door(200, other)))) {
      assertThat(source.status()).isNotEqualTo(source.status());
    }
  }

  @Test
  void fieldsOfANewerServerAreIgnored() throws Exception {
    String newer = WHOLE.substring(0, WHOLE.length() - 1) + ",\"mood\":\"good\"}";
    try (var source = new HttpStatus(List.of(door(200, newer)))) {
      assertThat(source.status()).hasValue(Samples.whole());
    }
  }

  @Test
  void knowsNothingWhenNobodyAnswers() throws Exception {
    String closed = door(200, WHOLE);
    servers.getFirst().stop(0);
    try (var source = new HttpStatus(List.of(closed))) {
      assertThat(source.status()).isEmpty();
    }
  }

  @Test
  void needsADoor() {
    assertThatThrownBy(() -> new HttpStatus(List.of()))
        .hasMessage("management addresses must be one or more, but were none");
  }

  private String door(int status, String body) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/status",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
