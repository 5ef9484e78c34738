package io.hormesis.cluster;

import static io.hormesis.cluster.ConnectedServer.awaitThat;
import static io.hormesis.cluster.ConnectedServer.free;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is urgent does not wait for what is not. */
final class LinkPriorityTest {

  @Test
  void consensusPassesRequestsThatAreNotTaken() throws IOException {
    ServerAddress b1 = free("b1");
    try (SlowServer slow = new SlowServer(b1, Priority.REQUEST);
        ConnectedServer a = new ConnectedServer(free("a1"), 1, b1)) {
      awaitThat("all lanes stand", () -> slow.sockets.size() == 3);
      awaitThat(
          "the lane of requests is full",
          () -> {
            a.link.send("b1", Priority.REQUEST, new byte[Carrier.FRAME_LIMIT]);
            return a.link.dropped(Priority.REQUEST) > 10;
          });
      int before = slow.read(Priority.SYSTEM);
      awaitThat(
          "consensus goes on",
          () -> {
            a.link.send("b1", Priority.SYSTEM, new byte[1000]);
            return slow.read(Priority.SYSTEM) > before + 20;
          });
      assertThat(a.link.dropped(Priority.SYSTEM)).isZero();
    }
  }

  @Test
  void backgroundWorkStaysBehindRequestsThatWait() throws IOException {
    ServerAddress b1 = free("b1");
    try (SlowServer slow = new SlowServer(b1, Priority.REQUEST);
        ConnectedServer a = new ConnectedServer(free("a1"), 1, b1)) {
      awaitThat("all lanes stand", () -> slow.sockets.size() == 3);
      awaitThat(
          "background work flows",
          () -> {
            a.link.send("b1", Priority.BACKGROUND, new byte[1000]);
            return slow.read(Priority.BACKGROUND) > 5;
          });
      awaitThat(
          "requests wait",
          () -> {
            a.link.send("b1", Priority.REQUEST, new byte[Carrier.FRAME_LIMIT]);
            return a.link.dropped(Priority.REQUEST) > 0;
          });
      awaitThat(
          "background work waits",
          () -> {
            a.link.send("b1", Priority.BACKGROUND, new byte[Carrier.FRAME_LIMIT]);
            return a.link.dropped(Priority.BACKGROUND) > 0;
          });
      int before = slow.read(Priority.BACKGROUND);
      slow.takesAll();
      awaitThat("all of it flows again", () -> slow.read(Priority.BACKGROUND) > before + 2);
    }
  }

  /** A server that greets, and does not read what comes on one of its connections. */
  private static final class SlowServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket();
    private final ServerAddress address;
    private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
    private final Map<Priority, AtomicInteger> read = new EnumMap<>(Priority.class);
    private volatile Optional<Priority> ignored;

    SlowServer(ServerAddress address, Priority ignored) throws IOException {
      this.address = address;
      this.ignored = Optional.of(ignored);
      for (Priority priority : Priority.values()) {
        read.put(priority, new AtomicInteger());
      }
      listening.setReceiveBufferSize(64 * 1024);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.carrier()));
      Thread.ofVirtual().start(this::accept);
    }

    int read(Priority priority) {
      return requireNonNull(read.get(priority)).get();
    }

    void takesAll() {
      ignored = Optional.empty();
    }

    private void accept() {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        Greeting theirs = Greeting.decode(in.readNBytes(in.readInt() & 0xFF_FFFF));
        Priority priority = theirs.priority();
        byte[] own =
            new Greeting(theirs.system(), address.name(), theirs.from(), 5, priority).encode();
        out.writeInt(0x48 << 24 | own.length);
        out.write(own);
        sockets.put(socket, true);
        Thread.ofVirtual().start(() -> pulse(out));
        while (true) {
          if (ignored.filter(priority::equals).isPresent()) {
            LockSupport.parkNanos(20_000_000);
            continue;
          }
          int head = in.readInt();
          in.readNBytes(head & 0xFF_FFFF);
          if (head >>> 24 == 1) {
            requireNonNull(read.get(priority)).incrementAndGet();
          }
        }
      } catch (IOException closed) {
        sockets.remove(socket);
      }
    }

    private static void pulse(DataOutputStream out) {
      try {
        while (true) {
          out.writeInt(2 << 24);
          LockSupport.parkNanos(Link.BEAT.toNanos() / 2);
        }
      } catch (IOException closed) {
        // With its connection.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
      for (Socket socket : sockets.keySet()) {
        socket.close();
      }
    }
  }
}
