package io.hormesis.edge;

import io.hormesis.edge.ManagementRoute.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The operator's side of one server over HTTP: {@code GET /livez} (200 as long as it runs), {@code
 * GET /readyz} (200 or 503; {@code ?verbose} says why), {@code GET /status} (JSON), and what else
 * it is given. Whoever reaches the port may read; to change something takes the {@link Credential}.
 */
public final class Management implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int BODY_LIMIT = 1024;
  private static final EdgeSettings.Times TIMES =
      new EdgeSettings.Times(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1));
  private static final EdgeSettings.Room ROOM = new EdgeSettings.Room(128, 64, 64);

  private final PathTable<ManagementRoute> routes;
  private final Credential credential;
  private final Listener listener;

  private Management(
      EdgeSettings settings, List<ManagementRoute> routes, Credential credential, HttpLoop loop) {
    this.routes =
        new PathTable<>(
            routes.stream().map(it -> new PathTable.Entry<>(it.method(), it.path(), it)).toList());
    this.credential = credential;
    this.listener = Listener.open("management", settings, this::answer, loop);
  }

  /**
   * Opens the management port.
   *
   * @param more what an operator may do besides
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  public static Management open(
      String host,
      int port,
      ManagementView view,
      List<ManagementRoute> more,
      Credential credential,
      HttpLoop loop) {
    return open(
        new EdgeSettings(host, port, BODY_LIMIT, TIMES, ROOM), view, more, credential, loop);
  }

  static Management open(
      EdgeSettings settings,
      ManagementView view,
      List<ManagementRoute> more,
      Credential credential,
      HttpLoop loop) {
    List<ManagementRoute> routes = new ArrayList<>();
    routes.add(ManagementRoute.get("/livez", _ -> now(new Result.Text(200, "ok"))));
    routes.add(ManagementRoute.get("/readyz", it -> now(readiness(view, it.query()))));
    routes.add(
        ManagementRoute.get(
            "/status", _ -> view.status().thenApply(it -> new Result.Json(200, it))));
    routes.addAll(more);
    return new Management(settings, routes, credential, loop);
  }

  /** The port on which it listens. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private CompletableFuture<HttpReply> answer(HttpCall call) {
    return switch (routes.match(call.method(), call.path())) {
      case PathTable.Match.Nowhere<ManagementRoute> _ ->
          now(
              Problem.noSuchPath(
                      "path must be one of %s, but was %s: correct it"
                          .formatted(routes.paths(), Shown.of(call.path())))
                  .reply(Optional.empty()));
      case PathTable.Match.OtherMethods<ManagementRoute>(String allow) ->
          now(
              Problem.wrongMethod(
                      "method of %s must be %s, but was %s: use it"
                          .formatted(call.path(), allow, Shown.of(call.method())))
                  .reply(Optional.empty())
                  .with("Allow", allow));
      case PathTable.Match.Found<ManagementRoute>(var route, var values) ->
          allowed(call, route)
              ? route
                  .action()
                  .on(new ManagementRoute.Call(values, call.query(), text(call)))
                  .thenApply(Management::reply)
              : now(unauthorized());
    };
  }

  private boolean allowed(HttpCall call, ManagementRoute route) {
    return route.method().equals("GET") || credential.isIn(call.header("Authorization"));
  }

  private static HttpReply unauthorized() {
    return Problem.unauthorized(
            "header Authorization must be \"Bearer\" and the token in the file credential of the data folder, but is not: send it")
        .reply(Optional.empty())
        .with("WWW-Authenticate", "Bearer");
  }

  private static String text(HttpCall call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  private static Result readiness(ManagementView view, String query) {
    boolean ready = view.ready();
    int status = ready ? 200 : 503;
    if (!query.equals("verbose")) {
      return new Result.Text(status, ready ? "ok" : "not ready");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("ready", ready);
    members.put("reason", view.reason());
    return new Result.Json(status, members);
  }

  private static HttpReply reply(Result result) {
    return switch (result) {
      case Result.Json(int status, Object value) -> HttpReply.json(status, JsonText.of(value));
      case Result.Text(int status, String line) ->
          new HttpReply(status, TEXT, Map.of(), line + "\n");
      case Result.Refused(int status, String detail) ->
          Problem.cannot(status, detail).reply(Optional.empty());
    };
  }

  private static <T> CompletableFuture<T> now(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
