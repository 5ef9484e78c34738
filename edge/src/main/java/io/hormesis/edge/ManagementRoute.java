package io.hormesis.edge;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One thing that an operator may do over HTTP.
 *
 * @param method such as {@code POST}; anything but {@code GET} needs the {@link Credential}
 * @param path such as {@code /servers/{name}/drain}
 * @param action does it
 */
public record ManagementRoute(String method, String path, Action action) {

  /** What is done; must not wait. */
  @FunctionalInterface
  public interface Action {
    CompletableFuture<Result> on(Call call);
  }

  /**
   * What an operator sent.
   *
   * @param path the decoded values of the path's names
   * @param query as it came, without its question mark
   * @param body as it came; at most 1 KiB
   */
  public record Call(Map<String, String> path, String query, String body) {}

  /** What the operator is told. */
  public sealed interface Result {

    /** Plain data, as JSON. */
    record Json(int status, Object value) implements Result {}

    /** One line for people and for probes. */
    record Text(int status, String line) implements Result {}

    /** It cannot be done: a problem document with name, rule, actual value and next step. */
    record Refused(int status, String detail) implements Result {}
  }

  /** A thing that changes nothing. */
  public static ManagementRoute get(String path, Action action) {
    return new ManagementRoute("GET", path, action);
  }

  /** A thing that changes something. */
  public static ManagementRoute post(String path, Action action) {
    return new ManagementRoute("POST", path, action);
  }
}
