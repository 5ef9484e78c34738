package io.hormesis.trial;

import io.hormesis.edge.EdgeRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way over a {@link LoadConnections}, and who is told how it ended, once. */
abstract class Exchange {
  final int edge;
  final byte[] bytes;
  final long deadlineNanos;
  private @Nullable LoadConnection connection;
  private boolean over;

  /**
   * An exchange.
   *
   * @param edge which of the edges is asked
   * @param deadlineNanos by {@link System#nanoTime()}, when a reply is of no use any more
   */
  Exchange(int edge, byte[] bytes, long deadlineNanos) {
    this.edge = edge;
    this.bytes = bytes;
    this.deadlineNanos = deadlineNanos;
  }

  /** A whole reply came inside the deadline. */
  abstract void replied(WireReply reply, long nowNanos);

  /** The connection failed. */
  abstract void broken();

  /** The deadline is over; {@link #connection()} tells whether it was ever sent. */
  abstract void expired();

  /** It has a connection of its own now. */
  final void carriedBy(LoadConnection carrier) {
    connection = carrier;
  }

  /** The connection that carries it; empty while it waits for one. */
  final Optional<LoadConnection> connection() {
    return Optional.ofNullable(connection);
  }

  final boolean isOver() {
    return over;
  }

  /** Whether it has ended, or its deadline is over and it has yet to be told. */
  final boolean isLate(long nowNanos) {
    return over || deadlineNanos - nowNanos < 0;
  }

  /** Ends it; false when it has ended before. */
  final boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** A request as HTTP/1.1 writes it. */
  static byte[] bytes(EdgeRequest request, URI edge) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\nHost: ");
    head.append(edge.getAuthority()).append("\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }
}
