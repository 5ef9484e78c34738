package io.hormesis.edge;

import java.time.Duration;

/**
 * Where an edge listens, and the limits that it keeps to.
 *
 * @param host a loopback address or name
 * @param port 0 lets the system choose one
 * @param bodyLimit largest body of a call, in bytes
 * @param callLimit longest time from the first byte of a call to the last of its reply; whoever
 *     sends or reads more slowly is cut off
 * @param idleLimit how long a connection may wait for its next call
 * @param connections how many connections are open at once; more wait to be accepted
 * @param calls how many calls are under way at once; more are refused with 503
 * @param closeLimit how long calls under way may go on once the edge closes
 */
public record EdgeSettings(
    String host,
    int port,
    int bodyLimit,
    Duration callLimit,
    Duration idleLimit,
    int connections,
    int calls,
    Duration closeLimit) {
  private static final int BODY_LIMIT = 64 * 1024;

  public EdgeSettings {
    if (port < 0 || port > 65_535) {
      throw new EdgeException(
          "port of the edge must be 0 to 65535, but was %d: choose another".formatted(port));
    }
    check("bodyLimit", bodyLimit > 0, bodyLimit);
    check("callLimit", callLimit.isPositive(), callLimit);
    check("idleLimit", idleLimit.isPositive(), idleLimit);
    check("connections", connections > 0, connections);
    check("calls", calls > 0, calls);
    check("closeLimit", closeLimit.isPositive(), closeLimit);
  }

  /**
   * The usual limits: bodies of 64 KiB, 10 s for a call, 60 s between calls, 512 connections, 256
   * calls at once, 3 s to close.
   */
  public static EdgeSettings on(String host, int port) {
    return new EdgeSettings(
        host,
        port,
        BODY_LIMIT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        512,
        256,
        Duration.ofSeconds(3));
  }

  private static void check(String name, boolean kept, Object value) {
    if (!kept) {
      throw new EdgeException(
          "limit %s of the edge must be more than 0, but was %s: choose another"
              .formatted(name, value));
    }
  }
}
