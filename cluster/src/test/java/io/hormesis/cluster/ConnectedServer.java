package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A server that has a link and nothing else, and keeps what comes over it. */
final class ConnectedServer implements AutoCloseable {
  static final String SYSTEM = "4711";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  final ServerAddress address;
  final long incarnation;
  final Link link;

  /** Frames with how often they came. */
  final Map<String, AtomicLong> frames = new ConcurrentHashMap<>();

  /** Evidence, as in {@code b1 connected 7}. */
  final List<String> evidence = new CopyOnWriteArrayList<>();

  private volatile Consumer<String> onFrame = _ -> {};

  ConnectedServer(ServerAddress address, long incarnation, ServerAddress... others)
      throws IOException {
    this.address = address;
    this.incarnation = incarnation;
    link = Link.open(SYSTEM, address, incarnation);
    link.start(
        List.of(others),
        (from, frame) -> {
          String text = new String(frame, UTF_8);
          frames.computeIfAbsent(from + ": " + text, _ -> new AtomicLong()).incrementAndGet();
          onFrame.accept(text);
        },
        new LinkListener() {
          @Override
          public void connected(String server, long incarnation) {
            evidence.add(server + " connected " + incarnation);
          }

          @Override
          public void ended(String server, long incarnation) {
            evidence.add(server + " ended " + incarnation);
          }
        });
  }

  /** An address on a port that is free now. */
  static ServerAddress free(String name) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new ServerAddress(name, "a", "127.0.0.1", 1, 2, socket.getLocalPort());
    }
  }

  /** Tells of each frame, too. */
  void onFrame(Consumer<String> hears) {
    onFrame = hears;
  }

  void send(String to, Priority priority, String frame) {
    link.send(to, priority, frame.getBytes(UTF_8));
  }

  long times(String frame) {
    AtomicLong times = frames.get(frame);
    return times == null ? 0 : times.get();
  }

  /** Sends a frame, again and again, until it has come: one may be lost while nothing stands. */
  void reaches(ConnectedServer other, Priority priority, String frame) {
    awaitThat(
        frame + " comes to " + other.address.name(),
        () -> {
          send(other.address.name(), priority, frame);
          return other.times(address.name() + ": " + frame) > 0;
        });
  }

  static void awaitThat(String what, Callable<Boolean> condition) {
    await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  @Override
  public void close() {
    link.close();
  }
}
