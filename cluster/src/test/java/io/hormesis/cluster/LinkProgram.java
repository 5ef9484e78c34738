package io.hormesis.cluster;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.IOException;

/** A server with a link alone, as a process: it sends back every frame that it gets. */
final class LinkProgram {
  private LinkProgram() {}

  /**
   * Runs until its standard input ends.
   *
   * @param arguments own name, host, port; the other's name, host, port
   */
  public static void main(String... arguments) throws IOException {
    ServerAddress self = address(arguments[0], arguments[1], arguments[2]);
    ServerAddress other = address(arguments[3], arguments[4], arguments[5]);
    try (ConnectedServer server = new ConnectedServer(self, 2, other)) {
      server.onFrame(frame -> server.send(other.name(), Priority.REQUEST, frame));
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Only its end is of interest.
      }
    }
  }

  static ServerAddress address(String name, String host, String port) {
    return new ServerAddress(name, "a", host, 1, 2, Integer.parseInt(port));
  }
}
