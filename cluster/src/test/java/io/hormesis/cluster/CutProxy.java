package io.hormesis.cluster;

import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between two servers that can be cut: while it is, nothing goes through and nothing is
 * closed, as behind a firewall that drops.
 */
final class CutProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final ServerAddress target;
  private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger swallowed = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean cut;

  CutProxy(ServerAddress target) throws IOException {
    this.target = target;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The target's address, by this way. */
  ServerAddress address() {
    return new ServerAddress(
        target.name(), target.region(), "127.0.0.1", 1, 2, listening.getLocalPort());
  }

  void cut() {
    cut = true;
  }

  /** Lets through what is dialled from now on; what was dialled before stays lost. */
  void heal() {
    cut = false;
  }

  /** How many pieces of data have disappeared. */
  int swallowed() {
    return swallowed.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        sockets.put(near, true);
        Socket far = new Socket(target.host(), target.carrier());
        sockets.put(far, true);
        boolean lost = cut;
        Thread.ofVirtual().start(() -> relay(near, far, lost));
        Thread.ofVirtual().start(() -> relay(far, near, lost));
      } catch (IOException closedOrRefused) {
        // The one who dialled sees it from his connection.
      }
    }
  }

  private void relay(Socket from, Socket to, boolean lostFromTheStart) {
    boolean lost = lostFromTheStart;
    byte[] part = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        lost |= cut;
        if (lost) {
          swallowed.incrementAndGet();
        } else {
          out.write(part, 0, length);
        }
      }
      if (lost || cut) {
        closed.await(); // an end is not told either
      }
    } catch (IOException | InterruptedException ended) {
      // Its other end is closed with it.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closed.countDown();
    for (Socket socket : sockets.keySet()) {
      socket.close();
    }
  }
}
