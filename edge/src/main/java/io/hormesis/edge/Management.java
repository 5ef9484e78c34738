package io.hormesis.edge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's side of one server over HTTP: {@code GET /livez} (200 as long as it runs), {@code
 * GET /readyz} (200 or 503; {@code ?verbose} says why) and {@code GET /status} (JSON).
 */
public final class Management implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final ManagementView view;
  private final Listener listener;

  private Management(String host, int port, ManagementView view) {
    this.view = view;
    this.listener = Listener.open("management", settings(host, port), this::answer);
  }

  /**
   * Opens the management port.
   *
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  public static Management open(String host, int port, ManagementView view) {
    return new Management(host, port, view);
  }

  /** The port on which it listens. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private static EdgeSettings settings(String host, int port) {
    return new EdgeSettings(
        host,
        port,
        1024,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        64,
        32,
        Duration.ofSeconds(1));
  }

  private HttpReply answer(HttpCall call) {
    boolean known =
        switch (call.path()) {
          case "/livez", "/readyz", "/status" -> true;
          default -> false;
        };
    if (!known) {
      return Problem.noSuchPath(
              "path must be one of /livez, /readyz, /status, but was %s: correct it"
                  .formatted(Shown.of(call.path())))
          .reply(Optional.empty());
    }
    if (!call.method().equals("GET")) {
      return Problem.wrongMethod(
              "method of %s must be GET, but was %s: use it"
                  .formatted(call.path(), Shown.of(call.method())))
          .reply(Optional.empty())
          .with("Allow", "GET");
    }
    return switch (call.path()) {
      case "/livez" -> text(200, "ok\n");
      case "/readyz" -> readiness(call.query());
      default -> HttpReply.json(200, JsonText.of(view.status()));
    };
  }

  private HttpReply readiness(String query) {
    boolean ready = view.ready();
    int status = ready ? 200 : 503;
    if (!query.equals("verbose")) {
      return text(status, ready ? "ok\n" : "not ready\n");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("ready", ready);
    members.put("reason", view.reason());
    return HttpReply.json(status, JsonText.of(members));
  }

  private static HttpReply text(int status, String text) {
    return new HttpReply(status, TEXT, Map.of(), text);
  }
}
