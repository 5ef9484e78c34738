package io.hormesis.trial;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All front doors over HTTP/1.1. Requests go to the doors in turn. A door that is closed or breaks
 * off is left alone for a second, and the request goes to the next one at once, under the same
 * headers; a refusal (503) is tried elsewhere after a short, drawn pause; a door that says nothing
 * for {@value #SILENCE_MILLIS} ms is not waited for longer. All of it inside the deadline.
 */
public final class HttpDoors implements Doors, AutoCloseable {
  private static final long SILENCE_MILLIS = 700;
  private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_MILLIS = 20;
  private static final int MOST_PAUSE_DOUBLINGS = 3;

  private final List<Door> doors;
  private final HttpClient client;
  private final AtomicInteger next = new AtomicInteger();

  /** One door and until when it is avoided. */
  private static final class Door {
    final String url;
    volatile long avoidUntilNanos;

    Door(String url) {
      this.url = url;
      avoidUntilNanos = System.nanoTime();
    }
  }

  /**
   * Knows the doors.
   *
   * @param edgeUrls base addresses, at least one
   */
  public HttpDoors(List<String> edgeUrls) {
    if (edgeUrls.isEmpty()) {
      throw new IllegalArgumentException("edge addresses must be one or more, but were none");
    }
    doors = edgeUrls.stream().map(Door::new).toList();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(SILENCE_MILLIS))
            .build();
  }

  @Override
  public CompletableFuture<DoorReply> request(DoorRequest request, Duration deadline) {
    var result = new CompletableFuture<DoorReply>();
    attempt(new Attempt(request, System.nanoTime() + deadline.toNanos(), 0, result));
    return result;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private record Attempt(
      DoorRequest request, long untilNanos, int number, CompletableFuture<DoorReply> result) {

    long leftMillis() {
      return (untilNanos - System.nanoTime()) / 1_000_000;
    }

    Attempt following() {
      return new Attempt(request, untilNanos, number + 1, result);
    }
  }

  private void attempt(Attempt attempt) {
    long left = attempt.leftMillis();
    if (left <= 0) {
      attempt.result().completeExceptionally(new TimeoutException("no reply inside the deadline"));
      return;
    }
    Door door = choose();
    var http = http(attempt.request(), door, Math.min(left, SILENCE_MILLIS));
    var sent = client.sendAsync(http, HttpResponse.BodyHandlers.ofString());
    var _ =
        sent.whenComplete((reply, failure) -> {
          if (failure != null) {
            door.avoidUntilNanos = System.nanoTime() + AVOID_NANOS;
            again(attempt, attempt.number() == 0 ? 0 : pauseMillis(attempt.number()));
          } else {
            answered(attempt, door, reply);
          }
        });
  }

  private void answered(Attempt attempt, Door door, HttpResponse<String> reply) {
    long pause = pauseMillis(attempt.number());
    if (reply.statusCode() == 503 && attempt.leftMillis() > pause) {
      again(attempt, pause);
    } else {
      var headers = new LinkedHashMap<String, String>();
      reply.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      attempt.result().complete(new DoorReply(reply.statusCode(), headers, reply.body(), door.url));
    }
  }

  private void again(Attempt attempt, long pauseMillis) {
    Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS);
    later.execute(() -> attempt(attempt.following()));
  }

  /** The next door in turn that is not avoided; when all are, simply the next one. */
  private Door choose() {
    long now = System.nanoTime();
    int first = next.getAndIncrement();
    for (int i = 0; i < doors.size(); i++) {
      Door door = doors.get(Math.floorMod(first + i, doors.size()));
      if (now - door.avoidUntilNanos >= 0) {
        return door;
      }
    }
    return doors.get(Math.floorMod(first, doors.size()));
  }

  private static HttpRequest http(DoorRequest request, Door door, long timeoutMillis) {
    var publisher =
        request.body().isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(request.body());
    var http =
        HttpRequest.newBuilder(URI.create(door.url + request.path()))
            .method(request.method(), publisher)
            .timeout(Duration.ofMillis(timeoutMillis));
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      http.header(header.getKey(), header.getValue());
    }
    return http.build();
  }

  /** Doubles from attempt to attempt, up to a limit; half of it is drawn. */
  private static long pauseMillis(int attempt) {
    long whole = PAUSE_MILLIS << Math.min(attempt, MOST_PAUSE_DOUBLINGS);
    return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
  }
}
