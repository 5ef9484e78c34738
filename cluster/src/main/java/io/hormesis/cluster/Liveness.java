package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small connection from this server to each other one, on which nothing is said after a
 * greeting. The kernel closes it when the process at the other end dies, which shows here within
 * tens of milliseconds; heartbeats need seconds.
 *
 * <p>A closed connection is evidence, and when connecting again is refused, it is taken for the end
 * of that process. A connection that stands is a sign of life.
 *
 * <p>Source: rules, section 4 (the kernel knows in milliseconds what heartbeats know in seconds);
 * Falcon (SOSP'11).
 */
final class Liveness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);
  private static final byte[] GREETING = "hormesis-1".getBytes(US_ASCII);
  private static final int CONNECT_MILLIS = 1000;
  private static final long PAUSE_NANOS = 100_000_000;

  private final long pid;
  private final Listener listener;
  private final ServerSocket accepting;
  private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Who wants to know. Called from any thread. */
  interface Listener {
    void connected(String server, long pid);

    void ended(String server, long pid);
  }

  private Liveness(long pid, Listener listener, ServerSocket accepting) {
    this.pid = pid;
    this.listener = listener;
    this.accepting = accepting;
  }

  /** Listens at the server's liveness port and connects to all other servers, again and again. */
  static Liveness open(ServerSettings settings, long pid, Listener listener) throws IOException {
    ServerAddress self = settings.self();
    ServerSocket accepting = new ServerSocket();
    accepting.setReuseAddress(true);
    accepting.bind(new InetSocketAddress(InetAddress.getByName(self.host()), self.liveness()));
    Liveness liveness = new Liveness(pid, listener, accepting);
    Thread.ofVirtual().name("liveness").start(liveness::accept);
    for (ServerAddress server : settings.servers()) {
      if (!server.name().equals(self.name())) {
        Thread.ofVirtual().name("liveness-" + server.name()).start(() -> liveness.watch(server));
      }
    }
    return liveness;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    accepting.close();
    for (Socket socket : sockets.keySet()) {
      socket.close();
    }
  }

  /** Greets whoever connects and leaves the connection open. */
  private void accept() {
    while (!closed) {
      try {
        Socket socket = accepting.accept();
        sockets.put(socket, true);
        Thread.ofVirtual().name("liveness-greeting").start(() -> greet(socket));
      } catch (IOException failure) {
        if (!closed) {
          LOG.warn("liveness cannot accept: {}", failure.toString());
        }
      }
    }
  }

  private void greet(Socket socket) {
    try (socket) {
      ByteBuffer greeting = ByteBuffer.allocate(GREETING.length + Long.BYTES);
      greeting.put(GREETING).putLong(pid);
      socket.getOutputStream().write(greeting.array());
      while (socket.getInputStream().read() >= 0) {
        // Nothing is ever said; the end of the stream is the message.
      }
    } catch (IOException closedByPeer) {
      LOG.debug("liveness connection closed: {}", closedByPeer.toString());
    } finally {
      sockets.remove(socket);
    }
  }

  private void watch(ServerAddress server) {
    long lastPid = 0;
    while (!closed) {
      lastPid = watchOnce(server, lastPid);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** One connection, from its making to its end; gives the process id of whoever greeted last. */
  private long watchOnce(ServerAddress server, long lastPid) {
    Socket socket = new Socket();
    sockets.put(socket, true);
    try (socket) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(server.host()), server.liveness()),
          CONNECT_MILLIS);
      long peer = greeted(socket.getInputStream());
      if (lastPid != 0 && lastPid != peer) {
        listener.ended(server.name(), lastPid);
      }
      listener.connected(server.name(), peer);
      untilClosed(socket, server, peer);
      return peer;
    } catch (ConnectException refused) {
      if (lastPid != 0 && !closed) {
        listener.ended(server.name(), lastPid);
      }
      return 0;
    } catch (IOException unreachable) {
      LOG.debug("liveness of {}: {}", server.name(), unreachable.toString());
      return lastPid;
    } finally {
      sockets.remove(socket);
    }
  }

  private void untilClosed(Socket socket, ServerAddress server, long peer) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // Nothing is ever said; the end of the stream is the message.
      }
    } catch (IOException reset) {
      LOG.debug("liveness of {}: {}", server.name(), reset.toString());
    }
    if (!closed) {
      // First evidence suffices to route around and to elect; a new connection takes it back.
      listener.ended(server.name(), peer);
    }
  }

  private static long greeted(InputStream in) throws IOException {
    byte[] greeting = in.readNBytes(GREETING.length + Long.BYTES);
    if (greeting.length != GREETING.length + Long.BYTES
        || !Arrays.equals(greeting, 0, GREETING.length, GREETING, 0, GREETING.length)) {
      throw new IOException("not a liveness port of a server");
    }
    return ByteBuffer.wrap(greeting, GREETING.length, Long.BYTES).getLong();
  }
}
