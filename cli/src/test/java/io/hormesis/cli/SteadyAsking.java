package io.hormesis.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Asks at a steady pace, whatever becomes of the answers: one GET every 100 ms, the addresses in
 * turn, each with the platform's own deadline of 2 s and never a second time. Remembers every
 * answer. Ends with {@link #close()}.
 */
final class SteadyAsking implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final List<URI> addresses;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();
  private final ScheduledThreadPoolExecutor window = new ScheduledThreadPoolExecutor(1);
  private final Queue<CompletableFuture<Answer>> asked = new ConcurrentLinkedQueue<>();
  private int next;

  private SteadyAsking(List<URI> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /**
   * What became of a request.
   *
   * @param sent when, in {@link System#nanoTime()}
   * @param outcome the status, or what went wrong instead
   */
  record Answer(long sent, long nanos, URI address, String outcome) {
    boolean sentWithin(long from, long until) {
      return sent - from >= 0 && until - sent > 0;
    }
  }

  /** Begins at once. */
  static SteadyAsking of(List<URI> addresses) {
    SteadyAsking asking = new SteadyAsking(addresses);
    var _ = asking.window.scheduleAtFixedRate(asking::ask, 0, EVERY_MILLIS, MILLISECONDS);
    return asking;
  }

  int count() {
    return asked.size();
  }

  /** Asks no more, and gives all answers; none is later than its deadline. */
  List<Answer> answers() {
    window.shutdownNow();
    List<Answer> answers = new ArrayList<>();
    asked.forEach(it -> answers.add(it.orTimeout(10, SECONDS).join()));
    return answers;
  }

  @Override
  public void close() {
    window.shutdownNow();
    client.shutdownNow();
  }

  private void ask() {
    URI address = addresses.get(next++ % addresses.size());
    long sent = System.nanoTime();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(DEADLINE).build();
    asked.add(
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle((reply, failure) -> {
              String outcome =
                  failure == null ? Integer.toString(reply.statusCode()) : failure.toString();
              return new Answer(sent, System.nanoTime() - sent, address, outcome);
            }));
  }
}
