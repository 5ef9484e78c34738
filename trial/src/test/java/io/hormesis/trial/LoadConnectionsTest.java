package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoadConnectionsTest {
  private static final byte[] REPLY =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final List<String> replied = new ArrayList<>();
  private final List<String> expired = new ArrayList<>();

  @Test
  void theNewestThatWaitsGetsTheNextFreeConnection() throws Exception {
    long later = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    try (ServerSocketChannel edge = ServerSocketChannel.open();
        LoadConnections connections = new LoadConnections(List.of(listening(edge)))) {
      List<SocketChannel> taken = new ArrayList<>();
      for (int i = 0; i < LoadConnections.MOST_PER_EDGE; i++) {
        connections.start(exchange("first", later));
        taken.add(edge.accept());
        connections.turn(0);
      }
      connections.start(exchange("older", later));
      connections.start(exchange("newer", later));
      answer(taken.getFirst());
      until(connections, () -> replied.equals(List.of("first")));
      answer(taken.getFirst());
      until(connections, () -> replied.equals(List.of("first", "newer")));
      answer(taken.getFirst());
      until(connections, () -> replied.equals(List.of("first", "newer", "older")));
      close(taken);
    }
  }

  @Test
  void whoWaitedTooLongIsNotSentAnyMore() throws Exception {
    long now = System.nanoTime();
    try (ServerSocketChannel edge = ServerSocketChannel.open();
        LoadConnections connections = new LoadConnections(List.of(listening(edge)))) {
      List<SocketChannel> taken = new ArrayList<>();
      for (int i = 0; i < LoadConnections.MOST_PER_EDGE; i++) {
        connections.start(exchange("first", now));
        taken.add(edge.accept());
      }
      connections.start(exchange("older", now));
      connections.start(exchange("newer", now));
      until(connections, () -> connections.underWay() == 0);
      assertThat(expired)
          .hasSize(LoadConnections.MOST_PER_EDGE + 2)
          .endsWith("first was sent", "older was not sent", "newer was not sent");
      close(taken);
    }
  }

  private Exchange exchange(String name, long deadlineNanos) {
    byte[] request = "GET / HTTP/1.1\r\nHost: edge\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return new Exchange(0, request, deadlineNanos) {
      @Override
      void replied(WireReply reply, long nowNanos) {
        replied.add(name);
      }

      @Override
      void broken() {
        throw new AssertionError("the connection of %s broke".formatted(name));
      }

      @Override
      void expired() {
        expired.add(name + (connection().isPresent() ? " was sent" : " was not sent"));
      }
    };
  }

  private static URI listening(ServerSocketChannel edge) throws IOException {
    edge.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) edge.getLocalAddress()).getPort());
  }

  private static void answer(SocketChannel connection) {
    try {
      connection.write(ByteBuffer.wrap(REPLY));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void until(LoadConnections connections, BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      connections.turn(1_000_000);
    }
  }

  private static void close(List<SocketChannel> all) throws IOException {
    for (SocketChannel one : all) {
      one.close();
    }
  }
}
