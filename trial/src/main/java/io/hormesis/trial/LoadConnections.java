package io.hormesis.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keep-alive connections to all edges, on one thread and one selector: so that a generator takes
 * little of the machine whose servers it loads. A connection carries one request at a time; when
 * all {@value #MOST_PER_EDGE} of an edge are taken, requests wait for one until their deadline.
 */
final class LoadConnections implements AutoCloseable {
  static final int MOST_PER_EDGE = 400;

  private final Selector selector;
  private final List<EdgePool> pools;
  private final ArrayDeque<Exchange> deadlines = new ArrayDeque<>();
  private int underWay;

  /** The connections of one edge. */
  private final class EdgePool {
    private final InetSocketAddress address;
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private int open;

    EdgePool(URI edge) {
      address = new InetSocketAddress(edge.getHost(), edge.getPort());
    }

    void take(Exchange exchange) {
      LoadConnection connection = idle.pollLast();
      if (connection != null) {
        begin(connection, exchange);
      } else if (open < MOST_PER_EDGE) {
        connect(exchange);
      } else {
        forgetOver();
        waiting.add(exchange);
      }
    }

    private void connect(Exchange exchange) {
      try {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var connection = new LoadConnection(channel);
        SelectionKey key =
            channel.register(selector, SelectionKey.OP_CONNECT, new Ready(this, connection));
        open++;
        connection.registered(key, exchange);
        if (channel.connect(address)) {
          connection.flush();
        }
      } catch (IOException notReached) {
        LoadConnections.this.broken(exchange);
      }
    }

    private void begin(LoadConnection connection, Exchange exchange) {
      try {
        connection.begin(exchange);
      } catch (IOException closed) {
        lost(connection);
      }
    }

    /** Its reply is there: the connection is free for the next one, unless the edge closes it. */
    private void freed(LoadConnection connection, boolean closes) {
      if (closes) {
        close(connection);
        return;
      }
      Optional<Exchange> next = nextWaiting();
      next.ifPresentOrElse(it -> begin(connection, it), () -> idle.addLast(connection));
    }

    private void lost(LoadConnection connection) {
      Optional<Exchange> had = connection.exchange();
      close(connection);
      had.ifPresent(LoadConnections.this::broken);
    }

    private void close(LoadConnection connection) {
      if (!connection.close()) {
        return;
      }
      idle.remove(connection);
      open--;
      nextWaiting().ifPresent(this::connect);
    }

    private Optional<Exchange> nextWaiting() {
      Exchange next = waiting.pollLast();
      if (next == null || !next.isLate(System.nanoTime())) {
        return Optional.ofNullable(next);
      }
      // All that wait longer are late, too.
      waiting.clear();
      return Optional.empty();
    }

    /** The oldest end first; nobody else takes them away as long as newer ones come. */
    private void forgetOver() {
      while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
        waiting.removeFirst();
      }
    }
  }

  /** What a key of the selector stands for. */
  private record Ready(EdgePool pool, LoadConnection connection) {}

  /** Opens nothing before it is asked. */
  LoadConnections(List<URI> edges) throws IOException {
    selector = Selector.open();
    pools = edges.stream().map(EdgePool::new).toList();
  }

  /** How many exchanges have not ended. */
  int underWay() {
    return underWay;
  }

  /** Begins an exchange; deadlines must not go back in time from one to the next. */
  void start(Exchange exchange) {
    underWay++;
    deadlines.add(exchange);
    pools.get(exchange.edge).take(exchange);
  }

  /** Does what there is to do, and waits for more at most so long. */
  void turn(long waitNanos) throws IOException {
    expire(System.nanoTime());
    if (waitNanos < TimeUnit.MICROSECONDS.toNanos(200)) {
      selector.selectNow();
    } else {
      selector.select(Math.clamp(TimeUnit.NANOSECONDS.toMillis(waitNanos), 1, 20));
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ready(key);
    }
    selector.selectedKeys().clear();
  }

  private void ready(SelectionKey key) {
    if (!key.isValid() || !(key.attachment() instanceof Ready ready)) {
      return;
    }
    LoadConnection connection = ready.connection();
    try {
      Optional<WireReply> reply = connection.ready(key);
      if (reply.isPresent()) {
        Optional<Exchange> exchange = connection.exchange();
        connection.done();
        ready.pool().freed(connection, reply.get().closes());
        exchange.ifPresent(it -> replied(it, reply.get()));
      }
    } catch (IOException closed) {
      ready.pool().lost(connection);
    }
  }

  private void replied(Exchange exchange, WireReply reply) {
    if (exchange.end()) {
      underWay--;
      exchange.replied(reply, System.nanoTime());
    }
  }

  private void broken(Exchange exchange) {
    if (exchange.end()) {
      underWay--;
      exchange.broken();
    }
  }

  /** A connection whose reply is late carries nothing else any more. */
  private void expire(long now) {
    for (Exchange first = deadlines.peek();
        first != null && (first.isOver() || first.deadlineNanos - now < 0);
        first = deadlines.peek()) {
      Exchange exchange = deadlines.remove();
      if (exchange.end()) {
        underWay--;
        exchange.expired();
        exchange.connection().ifPresent(pools.get(exchange.edge)::close);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
