package io.hormesis.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One whole HTTP call, as the part behind the listener sees it.
 *
 * @param method such as {@code GET}
 * @param path the path as it came, still encoded
 * @param query the query as it came, still encoded; empty when there is none
 * @param headers all values of a header by its name, however that is written, in the order in which
 *     they came
 * @param body empty when there is none
 * @param waited how long it may have waited to be read
 */
record HttpCall(
    String method,
    String path,
    String query,
    Function<String, List<String>> headers,
    byte[] body,
    Duration waited) {

  /**
   * A call.
   *
   * @param target path and query, as they came
   */
  static HttpCall of(
      String method,
      String target,
      Function<String, List<String>> headers,
      byte[] body,
      Duration waited) {
    int query = target.indexOf('?');
    return query < 0
        ? new HttpCall(method, target, "", headers, body, waited)
        : new HttpCall(
            method, target.substring(0, query), target.substring(query + 1), headers, body, waited);
  }

  /** A call that came without HTTP. */
  static HttpCall of(EdgeRequest request, Duration waited) {
    return of(
        request.method(),
        request.path(),
        name ->
            request.headers().entrySet().stream()
                .filter(it -> it.getKey().equalsIgnoreCase(name))
                .map(it -> it.getValue())
                .toList(),
        request.body().getBytes(StandardCharsets.UTF_8),
        waited);
  }

  /** All values of a header, in the order in which they came. */
  List<String> headers(String name) {
    return headers.apply(name);
  }

  /** The first value of a header. */
  Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }
}
