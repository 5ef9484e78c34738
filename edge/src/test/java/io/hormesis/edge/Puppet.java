package io.hormesis.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A door that takes connections and then does what a test wants: nothing, or hang up. */
final class Puppet implements AutoCloseable {
  final AtomicInteger calls = new AtomicInteger();
  private final ServerSocket server;

  private Puppet(ServerSocket server) {
    this.server = server;
  }

  /** Reads each call's first bytes, and never replies. */
  static Puppet silent() throws IOException {
    return open(_ -> {});
  }

  /** Reads each call's first bytes, and resets the connection. */
  static Puppet resetting() throws IOException {
    return open(socket -> {
      socket.setSoLinger(true, 0);
      socket.close();
    });
  }

  /** Reads all that has come of each call, and ends the connection as a killed program does. */
  static Puppet dying() throws IOException {
    return open(socket -> {
      socket.getInputStream().skipNBytes(socket.getInputStream().available());
      socket.close();
    });
  }

  /** Replies the same to each call. */
  static Puppet replying(String reply) throws IOException {
    return open(
        socket -> socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** An address where nobody listens. */
  static URI closed() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return uri(free);
    }
  }

  URI uri() {
    return uri(server);
  }

  private interface Act {
    void on(Socket socket) throws IOException;
  }

  private static Puppet open(Act act) throws IOException {
    Puppet puppet = new Puppet(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> puppet.serve(act));
    return puppet;
  }

  private void serve(Act act) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (socket.getInputStream().read() >= 0) {
                  calls.incrementAndGet();
                }
                act.on(socket);
              } catch (IOException e) {
                // the caller has gone
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }

  private static URI uri(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
