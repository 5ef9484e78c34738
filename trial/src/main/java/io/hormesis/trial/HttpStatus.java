package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Status poller: asks the management ports in turn, so that no single server's view is taken for
 * the truth for long. A port that is closed is passed over at once, one that is silent after half a
 * second. For one thread.
 */
public final class HttpStatus implements StatusSource, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final List<URI> ports;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private int next;

  /**
   * Knows the management ports.
   *
   * @param managementUrls base addresses, at least one
   */
  public HttpStatus(List<String> managementUrls) {
    if (managementUrls.isEmpty()) {
      throw new IllegalArgumentException("management addresses must be one or more, but were none");
    }
    ports = managementUrls.stream().map(it -> URI.create(it + "/status")).toList();
  }

  @Override
  public Optional<SystemStatus> status() throws InterruptedException {
    long start = System.nanoTime();
    for (int tries = 0; tries < ports.size(); tries++) {
      URI port = ports.get(Math.floorMod(next++, ports.size()));
      Optional<SystemStatus> status = ask(port);
      if (status.isPresent() || System.nanoTime() - start > PATIENCE.toNanos()) {
        return status;
      }
    }
    return Optional.empty();
  }

  private Optional<SystemStatus> ask(URI port) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(port).timeout(PATIENCE).build();
      var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      return reply.statusCode() == 200
          ? Optional.of(JSON.readValue(reply.body(), SystemStatus.class))
          : Optional.empty();
    } catch (IOException | JacksonException closedOrNotYetReady) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
