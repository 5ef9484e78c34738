package io.hormesis.edge;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two hundred requests a second of real callers, while a thousand connections come and go that are
 * silent, slow or idle: on the front door and on the management door at once. Real callers come
 * from 127.0.0.1, the others from many other addresses, half of them from one.
 */
@Tag("slow")
class FloodTest {
  private static final int ATTACKERS = 1000;
  private static final int REQUESTS = 2000;
  private static final Duration EVERY = ofMillis(5);
  private static final String HEAD = "POST /loans HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n";
  private static final String WHOLE =
      HEAD + "Content-Length: %d\r\n\r\n%s".formatted(Fixture.LOAN.length(), Fixture.LOAN);

  @TempDir Path data;

  /** The usual limits, and some that a thousand connections are far beyond. */
  static Stream<EdgeSettings.Room> rooms() {
    return Stream.of(EdgeSettings.Room.USUAL, new EdgeSettings.Room(200, 100, 100));
  }

  /**
   * Where idle connections must give way, one may be closed while its caller sends the next
   * request. No server can help that, so callers there send a request again under its key, as ours
   * do.
   */
  @ParameterizedTest
  @MethodSource("rooms")
  void noRequestOfARealCallerIsLost(EdgeSettings.Room room) throws Exception {
    boolean pressed = !room.equals(EdgeSettings.Room.USUAL);
    EdgeSettings settings =
        new EdgeSettings("127.0.0.1", 0, 64 * 1024, EdgeSettings.Times.USUAL, room);
    AtomicInteger visits = new AtomicInteger();
    try (HttpLoop loop = HttpLoop.open();
        Fixture library = new Fixture(settings);
        Management management =
            Management.open(settings, new Ready(), List.of(), Credential.in(data), loop);
        ScheduledExecutorService attackers = Executors.newScheduledThreadPool(4)) {
      CountDownLatch all = new CountDownLatch(2 * ATTACKERS);
      for (int i = 0; i < ATTACKERS; i++) {
        for (int port : List.of(library.port(), management.port())) {
          Attacker one = new Attacker(i, port, all, visits);
          int every = 2000 + new Random(i).nextInt(4000);
          var _ = attackers.scheduleAtFixedRate(one, i, every, TimeUnit.MILLISECONDS);
        }
      }
      try {
        assertThat(all.await(120, TimeUnit.SECONDS)).as("all have come once").isTrue();
        assertThat(failuresOfRealCallers(library.port(), management.port(), pressed)).isEmpty();
      } finally {
        attackers.shutdownNow();
      }
    }
    assertThat(visits.get()).as("they came and went").isGreaterThan(3 * ATTACKERS);
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
      return CompletableFuture.completedFuture(Map.of());
    }
  }

  private List<String> failuresOfRealCallers(int edge, int management, boolean keyed)
      throws Exception {
    List<CompletableFuture<String>> replies = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        EdgeClient ours = EdgeClient.of(List.of(uri(edge, "")), new Random(1));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      CountDownLatch sent = new CountDownLatch(REQUESTS);
      var _ =
          clock.scheduleAtFixedRate(
              () -> {
                if (sent.getCount() > 0) {
                  int number = replies.size();
                  replies.add(
                      keyed && number % 4 > 0
                          ? send(ours, number)
                          : send(client, request(number, edge, management)));
                  sent.countDown();
                }
              },
              0,
              EVERY.toNanos(),
              TimeUnit.NANOSECONDS);
      assertThat(sent.await(120, TimeUnit.SECONDS)).isTrue();
      clock.shutdownNow();
      List<String> failures = new ArrayList<>();
      for (CompletableFuture<String> reply : List.copyOf(replies)) {
        String failure = reply.get(60, TimeUnit.SECONDS);
        if (!failure.isEmpty()) {
          failures.add(failure);
        }
      }
      return failures;
    }
  }

  private static HttpRequest request(int number, int edge, int management) {
    HttpRequest.Builder request = HttpRequest.newBuilder().timeout(ofSeconds(30));
    return switch (number % 4) {
      case 0 -> request.uri(uri(management, "/readyz")).build();
      case 1 -> request.uri(uri(edge, "/loans/ada/2025")).build();
      default ->
          request
              .uri(uri(edge, "/loans"))
              .header("Idempotency-Key", "k-" + number)
              .POST(BodyPublishers.ofString(Fixture.LOAN))
              .build();
    };
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  private static CompletableFuture<String> send(EdgeClient client, int number) {
    return client
        .send(EdgeRequest.post("/loans", Fixture.LOAN, "k-" + number), ofSeconds(30))
        .thenApply(it -> it.status() == 201 ? "" : "%d %s".formatted(it.status(), it.body()))
        .exceptionally(Throwable::toString);
  }

  private static CompletableFuture<String> send(HttpClient client, HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(HttpResponse::statusCode)
        .thenApply(it -> it == 200 || it == 201 ? "" : "%s %d".formatted(request, it))
        .exceptionally(failure -> "%s %s".formatted(request, failure));
  }

  /** Leaves, comes again, does one of five things, and stays until the next time. */
  private static final class Attacker implements Runnable {
    private final int number;
    private final int port;
    private final CountDownLatch came;
    private final AtomicInteger visits;
    private final String address;
    private Optional<Socket> present = Optional.empty();

    Attacker(int number, int port, CountDownLatch came, AtomicInteger visits) {
      this.number = number;
      this.port = port;
      this.came = came;
      this.visits = visits;
      this.address = number % 2 == 0 ? "127.0.0.2" : "127.0.0." + (3 + number % 250);
    }

    @Override
    public void run() {
      boolean first = present.isEmpty();
      try {
        if (present.isPresent()) {
          present.get().close();
        }
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
        present = Optional.of(socket);
        socket.getOutputStream().write(words().getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException thrownOut) {
        // comes again at its time
      }
      visits.incrementAndGet();
      if (first) {
        came.countDown();
      }
    }

    private String words() {
      return switch (number % 5) {
        case 0 -> "";
        case 1 -> HEAD;
        case 2 -> HEAD + "Content-Length: 39\r\n\r\n{";
        case 3 -> HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
        default -> WHOLE;
      };
    }
  }
}
