package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.CallResult;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How an edge opens and closes, and what it carries meanwhile. */
class EdgeLifeTest {

  @Test
  void aHostThatIsNotLoopbackIsRefused() {
    assertThatThrownBy(() -> new Fixture(EdgeSettings.on("0.0.0.0", 0)))
        .isInstanceOf(EdgeException.class)
        .hasMessage(
            "host of the edge must be a loopback address as long as there is no TLS, but was \"0.0.0.0\": use 127.0.0.1");
    assertThatThrownBy(() -> new Fixture(EdgeSettings.on("192.0.2.1", 0)))
        .isInstanceOf(EdgeException.class)
        .hasMessageContaining("\"192.0.2.1\"");
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new Fixture(EdgeSettings.on("127.0.0.1", taken.getLocalPort())))
          .isInstanceOf(EdgeException.class)
          .hasMessage(
              "port %d of the edge must be free, but cannot be bound on 127.0.0.1 (Address already in use): end the program that uses it, or choose another port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> EdgeSettings.on("127.0.0.1", 70_000))
        .isInstanceOf(EdgeException.class)
        .hasMessage("port of the edge must be 0 to 65535, but was 70000: choose another");
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new EdgeSettings.Times(second, Duration.ZERO, second, second))
        .isInstanceOf(EdgeException.class)
        .hasMessage("limit call of the edge must be more than 0, but was PT0S: choose another");
    assertThatThrownBy(() -> new EdgeSettings.Room(1, 1, 0))
        .isInstanceOf(EdgeException.class)
        .hasMessage("limit perAddress of the edge must be more than 0, but was 0: choose another");
  }

  @Test
  void aCallUnderWayEndsBeforeTheEdgeIsClosed() throws Exception {
    CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    Duration minute = Duration.ofSeconds(60);
    try (Fixture closing =
        new Fixture(
            new EdgeSettings(
                "127.0.0.1",
                0,
                1000,
                new EdgeSettings.Times(minute, minute, minute, minute),
                EdgeSettings.Room.USUAL))) {
      int port = closing.port();
      closing.asker =
          _ -> {
            asked.countDown();
            return ending;
          };
      CompletableFuture<HttpResponse<String>> reply =
          CompletableFuture.supplyAsync(() -> closing.lend(Fixture.LOAN));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(closing.edge()::close);
      awaitRefused(port);
      assertThat(closed).isNotDone();
      ending.complete(Fixture.replied("done"));
      assertThat(reply.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPortIsFreeAgainAfterClosing() {
    Fixture first = new Fixture();
    int port = first.port();
    assertThat(first.lend(Fixture.LOAN).statusCode()).isEqualTo(201);
    first.close();
    try (Fixture second = new Fixture(EdgeSettings.on("127.0.0.1", port))) {
      assertThat(second.lend(Fixture.LOAN).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void moreCallsThanTheLimitAreRefusedWithATime() throws Exception {
    CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(2);
    try (Fixture small = new Fixture(EdgeSettings.on("127.0.0.1", 0), new FixedAdmission(2))) {
      small.asker =
          _ -> {
            asked.countDown();
            return ending;
          };
      var one = CompletableFuture.supplyAsync(() -> small.lend(Fixture.LOAN));
      var two = CompletableFuture.supplyAsync(() -> small.lend(Fixture.LOAN));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      var three = small.lend(Fixture.LOAN);
      ending.complete(Fixture.replied("done"));
      assertThat(three.statusCode()).isEqualTo(503);
      assertThat(three.headers().firstValue("Retry-After")).contains("1");
      assertThat(three.body())
          .contains("calls under way must be at most 2, but are more: try again after 1 s");
      assertThat(one.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
      assertThat(two.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void whatIsRefusedUnreadLeavesTheConnectionToTheNextCall() throws Exception {
    CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (Fixture small = new Fixture(EdgeSettings.on("127.0.0.1", 0), new FixedAdmission(1));
        Raw raw = Raw.to(small.port())) {
      small.asker =
          _ -> {
            asked.countDown();
            return ending;
          };
      var first = CompletableFuture.supplyAsync(() -> small.lend(Fixture.LOAN));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      String post =
          "POST /loans HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(Fixture.LOAN.length(), Fixture.LOAN);
      raw.write("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" + post + post);
      for (int i = 0; i < 3; i++) {
        assertThat(raw.readReply())
            .startsWith("HTTP/1.1 503 ")
            .contains("Hormesis-Refused: overloaded", "Date: ", "must be at most 1, but are more")
            .doesNotContain("trace");
      }
      ending.complete(Fixture.replied("done"));
      assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
      assertThat(raw.write(post).readReply()).startsWith("HTTP/1.1 201 ");
      assertThat(small.asked).hasSize(2);
    }
  }

  private static void awaitRefused(int port) throws Exception {
    for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
      try (Raw raw = Raw.to(port)) {
        raw.shutdownOutput();
        raw.count();
      } catch (ConnectException e) {
        return;
      } catch (SocketException e) {
        // Reset: it waited to be accepted when the port was closed. The next one is refused.
      }
    }
    throw new AssertionError("the port still takes connections");
  }
}
