package io.hormesis.edge;

import io.hormesis.process.Route;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent to an edge, whichever that will be.
 *
 * @param method such as {@code GET}
 * @param path path and query from the first slash on, encoded as it goes over the wire
 * @param headers sent as they are; with an {@code Idempotency-Key} it may be sent again when nobody
 *     knows whether it was done
 * @param body JSON; empty when there is none
 */
public record EdgeRequest(String method, String path, Map<String, String> headers, String body) {

  public EdgeRequest {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "path of a request must begin with /, but was \"%s\": add it".formatted(path));
    }
  }

  /** A request that reads. */
  public static EdgeRequest get(String path) {
    return new EdgeRequest("GET", path, Map.of(), "");
  }

  /** A request that writes. */
  public static EdgeRequest post(String path, String json, String idempotencyKey) {
    return new EdgeRequest(
        "POST", path, Map.of("Content-Type", HttpReply.JSON, Binding.KEY, idempotencyKey), json);
  }

  /**
   * The call that a route turns into a request.
   *
   * @throws IllegalArgumentException when there is none: an empty text in the path, or what is no
   *     text in path or query
   */
  public static EdgeRequest of(Route route, Record request) {
    return Binding.of(route).call(request);
  }

  /** The same request with one header more. */
  public EdgeRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new EdgeRequest(method, path, more, body);
  }

  /** Whether it may change something. */
  boolean changes() {
    return !method.equals("GET");
  }

  /** Whether sending it twice does what sending it once does. */
  boolean repeatable() {
    return !changes() || headers.keySet().stream().anyMatch(Binding.KEY::equalsIgnoreCase);
  }
}
