package io.hormesis.trial;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent to a front door.
 *
 * @param method such as {@code GET}
 * @param path path and query, from the first slash on, encoded as it goes over the wire
 * @param headers sent as they are
 * @param body JSON, empty when there is none
 */
public record DoorRequest(String method, String path, Map<String, String> headers, String body) {

  public DoorRequest {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must start with /, but was \"%s\"".formatted(path));
    }
  }

  /** A request that reads. */
  public static DoorRequest get(String path) {
    return new DoorRequest("GET", path, Map.of(), "");
  }

  /** A request that writes a JSON body. */
  public static DoorRequest post(String path, String json) {
    return new DoorRequest("POST", path, Map.of("Content-Type", "application/json"), json);
  }

  /** The same request with one header more. */
  public DoorRequest with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new DoorRequest(method, path, more, body);
  }
}
