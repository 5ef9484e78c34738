package io.hormesis.cluster;

import static java.util.Objects.requireNonNull;

import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another server, as the link sees it: a lane for each priority, and what its connections tell of
 * its incarnation.
 *
 * <p>The first lane scouts: while it does not stand, the others are not tried. Its closed
 * connection is evidence that the incarnation ended, and so is a refusal to connect again; that
 * nothing is heard is none. On the event loop only, but for {@link #lane}.
 *
 * <p>Source: rules, section 4 (the kernel knows in milliseconds what heartbeats know in seconds);
 * Falcon (SOSP'11).
 */
final class LinkedServer {
  private static final Logger LOG = LoggerFactory.getLogger(LinkedServer.class);
  private static final Priority SCOUT = Priority.SYSTEM;

  private final ServerAddress server;
  private final LinkListener listener;
  private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);

  /** The incarnation that greeted last and is not known to have ended; 0 when there is none. */
  private long incarnation;

  LinkedServer(ServerAddress server, Link link, LinkListener listener) {
    this.server = server;
    this.listener = listener;
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new Lane(this, priority, link));
    }
  }

  String name() {
    return server.name();
  }

  boolean isAt(ServerAddress address) {
    return server.equals(address);
  }

  /** Where it listens; looked up anew each time, for an address may move. */
  InetSocketAddress address() {
    return new InetSocketAddress(server.host(), server.carrier());
  }

  Lane lane(Priority priority) {
    return requireNonNull(lanes.get(priority));
  }

  void dial() {
    lane(SCOUT).dial();
  }

  /** Sends what waits, most urgent first: what is less urgent stays behind while that waits. */
  void flush() {
    for (Lane lane : lanes.values()) {
      if (!lane.flush()) {
        return;
      }
    }
  }

  void close(String reason) {
    lanes.values().forEach(lane -> lane.close(reason));
  }

  /** A lane stands. */
  void stands(Priority priority, long greeted) {
    if (priority != SCOUT) {
      return;
    }
    if (incarnation != 0 && incarnation != greeted) {
      listener.ended(name(), incarnation);
    }
    incarnation = greeted;
    LOG.info("connected to {} ({})", name(), Long.toHexString(greeted));
    listener.connected(name(), greeted);
    lanes.values().forEach(Lane::dial);
  }

  /** A connection of a lane ended. */
  void broke(Priority priority, Connection.End how) {
    if (priority != SCOUT || incarnation == 0) {
      return;
    }
    switch (how) {
      // First evidence suffices to route around and to elect; a new connection takes it back.
      case Connection.End.Gone _ -> listener.ended(name(), incarnation);
      case Connection.End.Closed(String reason) ->
          LOG.info("connection to {} closed: {}", name(), reason);
    }
    lanes.forEach((other, lane) -> {
      if (other != SCOUT) {
        lane.close("the first connection broke");
      }
    });
  }

  /** Nobody listens there. */
  void refused(Priority priority) {
    if (priority == SCOUT && incarnation != 0) {
      listener.ended(name(), incarnation);
      incarnation = 0;
    }
  }
}
