package io.hormesis.server;

/**
 * Where one server listens. The addresses of a server stay the same for all its incarnations.
 *
 * @param name the server's name, unique in its system, such as {@code a1}
 * @param region the servers that can be lost together with it
 * @param host the address that all its ports are bound to; loopback until there is TLS
 * @param edge TCP port of its front door for callers
 * @param management TCP port for operators and probes
 * @param carrier TCP port for frames from other servers, whose closing also tells that it ended
 */
public record ServerAddress(
    String name, String region, String host, int edge, int management, int carrier) {

  /** Base address of the front door. */
  public String edgeUrl() {
    return "http://" + host + ":" + edge;
  }

  /** Base address of the management door. */
  public String managementUrl() {
    return "http://" + host + ":" + management;
  }
}
