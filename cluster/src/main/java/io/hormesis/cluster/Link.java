package io.hormesis.cluster;

import static java.util.Objects.requireNonNull;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections between this server and all others: carries frames at most once, and tells what
 * it sees of the others' processes.
 *
 * <p>To each other server lead as many connections as there are priorities, so that none waits
 * behind another; each carries frames one way. A server dials those on which it sends. Frames that
 * cannot be sent soon are dropped, within bounds in bytes. All of it happens on one event loop.
 *
 * <p>Source: rules R9 (bounded queues), R14 (priority).
 */
final class Link implements Carrier, AutoCloseable {
  /** So often each connection gives a sign of life. */
  static final Duration BEAT = Duration.ofMillis(400);

  private final String system;
  private final ServerAddress self;
  private final long incarnation;
  private final Sockets sockets;
  private final EventLoop loop;
  private final Channel entrance;
  private final Map<String, LinkedServer> peers = new ConcurrentHashMap<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicInteger dials = new AtomicInteger();
  private final AtomicLong strangersTurnedAway = new AtomicLong();
  private final Map<Priority, AtomicLong> dropped = new EnumMap<>(Priority.class);
  private final List<Runnable> beforeStart = new ArrayList<>();
  private @Nullable Entrance accepted;
  private @Nullable LinkListener listener;
  private volatile boolean closed;

  private Link(String system, ServerAddress self, long incarnation) throws IOException {
    this.system = system;
    this.self = self;
    this.incarnation = incarnation;
    this.sockets = new Sockets("link");
    this.loop = sockets.loop();
    for (Priority priority : Priority.values()) {
      dropped.put(priority, new AtomicLong());
    }
    try {
      this.entrance =
          sockets.listen(
              new InetSocketAddress(self.host(), self.carrier()), () -> connection(accepted()));
    } catch (IOException inUse) {
      sockets.close();
      throw inUse;
    }
  }

  /**
   * Binds the port of a server; nothing is accepted or dialled before {@link #start}.
   *
   * @param system id of the running system: connections of another one are refused
   * @param incarnation a number that no other life of this server has
   * @throws IOException when the port is in use; the message is for people
   */
  static Link open(String system, ServerAddress self, long incarnation) throws IOException {
    return new Link(system, self, incarnation);
  }

  /** Begins to carry frames to and from some servers; this one among them is passed over. */
  void start(List<ServerAddress> servers, FrameReceiver receiver, LinkListener hears) {
    loop.execute(() -> {
      listener = hears;
      accepted = new Entrance(this, receiver);
      servers.forEach(this::join);
      beforeStart.forEach(Runnable::run);
      beforeStart.clear();
      entrance.config().setAutoRead(true);
      beat();
    });
  }

  /** A server has joined: dials it, and takes what it dials. From any thread. */
  void add(ServerAddress server) {
    onceStarted(() -> join(server));
  }

  /** A server has left: its connections are closed, and its frames are not taken any more. */
  void remove(String server) {
    onceStarted(() -> leave(server));
  }

  /** From now on these are the servers: adds those that are new, removes those that are none. */
  void follow(List<ServerAddress> servers) {
    List<String> names = servers.stream().map(ServerAddress::name).toList();
    onceStarted(() -> {
      peers.keySet().stream().filter(it -> !names.contains(it)).forEach(this::leave);
      servers.forEach(this::join);
    });
  }

  private void onceStarted(Runnable change) {
    loop.execute(() -> {
      if (listener == null) {
        beforeStart.add(change);
      } else {
        change.run();
      }
    });
  }

  private void join(ServerAddress server) {
    LinkedServer before = peers.get(server.name());
    if (server.name().equals(self.name()) || (before != null && before.isAt(server))) {
      return;
    }
    LinkedServer peer = new LinkedServer(server, this, requireNonNull(listener));
    peers.put(server.name(), peer);
    if (before != null) {
      before.close("the server has another address");
    }
    peer.dial();
  }

  private void leave(String server) {
    LinkedServer peer = peers.remove(server);
    if (peer != null) {
      peer.close("the server is no peer any more");
      accepted().remove(server);
    }
  }

  @Override
  public void send(String server, Priority priority, byte[] frame) {
    if (frame.length > FRAME_LIMIT) {
      throw new IllegalArgumentException(
          "a frame must have at most %d bytes, but had %d".formatted(FRAME_LIMIT, frame.length));
    }
    LinkedServer peer = peers.get(server);
    if (peer == null || !peer.lane(priority).offer(frame)) {
      droppedOf(priority).incrementAndGet();
    } else {
      flushSoon();
    }
  }

  /** How many frames of a priority were dropped, since nobody could take them. */
  long dropped(Priority priority) {
    return droppedOf(priority).get();
  }

  private AtomicLong droppedOf(Priority priority) {
    return requireNonNull(dropped.get(priority));
  }

  /** The thread of all connections; what runs there must never block. */
  EventLoop loop() {
    return loop;
  }

  /** Stops as a process that ends does: others see it from the closed connections. */
  @Override
  public void close() {
    closed = true;
    loop.execute(() -> {
      var _ = entrance.close();
      List.copyOf(connections).forEach(Connection::drop);
    });
    sockets.close();
  }

  String system() {
    return system;
  }

  String self() {
    return self.name();
  }

  boolean knows(String server) {
    return peers.containsKey(server);
  }

  Greeting greeting(String to, Priority priority) {
    return new Greeting(system, self.name(), to, incarnation, priority);
  }

  /** How often a connection was tried. */
  int dials() {
    return dials.get();
  }

  /** How many connections were closed that had not greeted properly. */
  long strangersTurnedAway() {
    return strangersTurnedAway.get();
  }

  void turnedAway() {
    strangersTurnedAway.incrementAndGet();
  }

  Connection connection(Connection.Owner owner) {
    return new Connection(owner, sockets.mostQuietBeats());
  }

  ChannelFuture dial(InetSocketAddress address, Connection connection) {
    dials.incrementAndGet();
    return sockets.dial(address, connection);
  }

  /** Sends what waits at the end of this turn of the event loop, once for all of it. */
  void flushSoon() {
    if (flushing.compareAndSet(false, true) && !closed) {
      loop.execute(this::flush);
    }
  }

  void watch(Connection connection) {
    connections.add(connection);
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  private void flush() {
    flushing.set(false);
    peers.values().forEach(LinkedServer::flush);
  }

  /** The next beat comes a while after this one, so that a pause is never a row of beats. */
  private void beat() {
    List.copyOf(connections).forEach(Connection::beat);
    if (!closed) {
      var _ = loop.schedule(this::beat, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Entrance accepted() {
    return requireNonNull(accepted);
  }
}
