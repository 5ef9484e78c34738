package io.hormesis.edge;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection's calls: how long the present one has been under way, and how many bytes
 * it has cost. A timeout on single reads would not end a caller who sends one byte each second, nor
 * one whose chunks have endless headers.
 */
final class CallGuard implements Supplier<byte @Nullable []> {
  static final ScopedValue<CallGuard> CURRENT = ScopedValue.newInstance();
  private static final int LINGER_BYTES = 1024 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final HelidonSocket socket;
  private final Duration limit;
  private final long byteLimit;
  private volatile boolean underWay;
  private volatile boolean lingering;
  private volatile long began;
  private volatile long lingersSince;
  private long bytes;

  CallGuard(HelidonSocket socket, Duration limit, long byteLimit) {
    this.socket = socket;
    this.limit = limit;
    this.byteLimit = byteLimit;
  }

  @Override
  public byte @Nullable [] get() {
    if (underWay && bytes > byteLimit) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
          .setKeepAlive(false)
          .message("more than %d bytes".formatted(byteLimit))
          .build();
    }
    byte @Nullable [] data = read();
    if (data == null) {
      if (underWay) {
        throw new CloseConnectionException("the caller has gone in the middle of a call");
      }
      return null;
    }
    began();
    bytes += data.length;
    return data;
  }

  /** A call's first byte has come, or its handling begins. */
  void began() {
    if (!underWay) {
      bytes = 0;
      began = System.nanoTime();
      underWay = true;
    }
  }

  /** The reply has been sent; what comes next is another call. */
  void replied() {
    underWay = false;
  }

  /** The connection ends with a reply, but its caller may still be sending. */
  void linger() {
    lingersSince = System.nanoTime();
    lingering = true;
  }

  /** Whether the call under way, or its caller's leaving, has used up its time. */
  boolean overdue() {
    long now = System.nanoTime();
    return (underWay && now - began > limit.toNanos())
        || (lingering && now - lingersSince > LINGER.toNanos());
  }

  boolean lingers() {
    return lingering;
  }

  /**
   * Reads on, up to a limit, and forgets: a connection closed over unread bytes is reset, and the
   * reset can overtake the reply (RFC 9112, section 9.6).
   */
  void drain() {
    try {
      int drained = 0;
      while (lingering && drained < LINGER_BYTES) {
        byte @Nullable [] data = read();
        if (data == null) {
          return;
        }
        drained += data.length;
      }
    } catch (CloseConnectionException e) {
      // the caller has gone: just what was waited for
    }
  }

  private byte @Nullable [] read() {
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("the connection is broken", e);
    }
  }
}
