package io.hormesis.cluster;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.netty.channel.ChannelFuture;
import java.net.ConnectException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of the frames of one priority to one other server: a connection of its own, dialled again
 * whenever it breaks, and the frames that wait for it. On the event loop only, but for {@link
 * #offer}.
 */
final class Lane implements Connection.Owner {
  /** Frames that wait beyond so many bytes are dropped: nothing is promised of them. */
  static final int WAITING_LIMIT_BYTES = 4 * Carrier.FRAME_LIMIT;

  private static final int LEAST_PAUSE_MILLIS = 20;
  private static final int LONGEST_PAUSE_MILLIS = 200;

  private final LinkedServer server;
  private final Priority priority;
  private final Link link;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private volatile boolean open;
  private @Nullable Connection connection;
  private boolean wanted;
  private int pauseMillis = LEAST_PAUSE_MILLIS;

  Lane(LinkedServer server, Priority priority, Link link) {
    this.server = server;
    this.priority = priority;
    this.link = link;
  }

  /** Takes a frame to be sent; false when it is dropped. From any thread. */
  boolean offer(byte[] frame) {
    if (!open) {
      return false;
    }
    if (waitingBytes.addAndGet(frame.length) > WAITING_LIMIT_BYTES) {
      waitingBytes.addAndGet(-frame.length);
      return false;
    }
    waiting.add(frame);
    return true;
  }

  /** Sends what waits, as far as the connection takes it; false when some is left. */
  boolean flush() {
    if (!open || connection == null) {
      forget();
      return true;
    }
    boolean wrote = false;
    while (connection.isWritable()) {
      byte[] frame = waiting.poll();
      if (frame == null) {
        break;
      }
      waitingBytes.addAndGet(-frame.length);
      connection.write(Packet.Kind.FRAME, frame);
      wrote = true;
    }
    if (wrote) {
      connection.flush();
    }
    return waiting.isEmpty();
  }

  /** Makes the connection, and makes it again, until {@link #close}. */
  void dial() {
    if (!wanted) {
      wanted = true;
      connect();
    }
  }

  /** Gives the connection up. */
  void close(String reason) {
    wanted = false;
    if (connection != null) {
      connection.close(reason);
    }
  }

  private void connect() {
    if (!wanted || connection != null) {
      return;
    }
    Connection dialled = link.connection(this);
    connection = dialled;
    ChannelFuture made = link.dial(server.address(), dialled);
    var _ =
        made.addListener(_ -> {
          if (!made.isSuccess()) {
            if (made.cause() instanceof ConnectException refused && isRefusal(refused)) {
              server.refused(priority);
            }
            lost(dialled);
          }
        });
  }

  /** A connect that came to no end in time is a {@code ConnectException} too, and no evidence. */
  private static boolean isRefusal(ConnectException exception) {
    return String.valueOf(exception.getMessage()).contains("refused");
  }

  private void lost(Connection lost) {
    if (connection != lost) {
      return;
    }
    connection = null;
    open = false;
    forget();
    link.forget(lost);
    if (wanted) {
      int pause = ThreadLocalRandom.current().nextInt(pauseMillis / 2, pauseMillis + 1);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      var _ = link.loop().schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }
  }

  private void forget() {
    for (byte[] frame = waiting.poll(); frame != null; frame = waiting.poll()) {
      waitingBytes.addAndGet(-frame.length);
    }
  }

  @Override
  public void opened(Connection connection) {
    link.watch(connection);
    connection.write(Packet.Kind.GREETING, link.greeting(server.name(), priority).encode());
    connection.flush();
  }

  @Override
  public Optional<String> greeted(Connection connection, Greeting greeting) {
    if (!greeting.from().equals(server.name())) {
      return Optional.of(
          "server %s must be there, but it is %s".formatted(server.name(), greeting.from()));
    }
    open = true;
    pauseMillis = LEAST_PAUSE_MILLIS;
    server.stands(priority, greeting.incarnation());
    return Optional.empty();
  }

  @Override
  public void frame(Greeting from, byte[] frame) {
    if (connection != null) {
      connection.close("frames come on connections that the other end dials");
    }
  }

  @Override
  public void writable() {
    link.flushSoon();
  }

  @Override
  public void ended(Connection ended, Connection.End how) {
    server.broke(priority, how);
    lost(ended);
  }
}
