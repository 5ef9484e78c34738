package io.hormesis.cluster;

import io.hormesis.engine.port.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that others dialled. Whoever has not greeted is a stranger, and of those there
 * are few at a time: the eldest gives way. A server that greeted gets few of each priority: one
 * that has missed a beat gives way, and while none has, no more are taken. On the event loop only.
 */
final class Entrance implements Connection.Owner {
  static final int MOST_STRANGERS = 64;
  static final int MOST_OF_A_KIND = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final Link link;
  private final FrameReceiver receiver;
  private final LinkedHashSet<Connection> strangers = new LinkedHashSet<>();
  private final Map<Kind, Deque<Connection>> guests = new HashMap<>();

  private record Kind(String server, Priority priority) {}

  Entrance(Link link, FrameReceiver receiver) {
    this.link = link;
    this.receiver = receiver;
  }

  /** A server is no peer any more. */
  void remove(String server) {
    guests.forEach((kind, connections) -> {
      if (kind.server().equals(server)) {
        connections.forEach(it -> it.close("the server is no peer any more"));
      }
    });
  }

  @Override
  public void opened(Connection connection) {
    if (strangers.size() >= MOST_STRANGERS) {
      strangers.iterator().next().close("too many connections have not greeted");
    }
    strangers.add(connection);
    link.watch(connection);
  }

  @Override
  public Optional<String> greeted(Connection connection, Greeting greeting) {
    Optional<String> refusal = refusal(greeting);
    if (refusal.isPresent()) {
      return refusal;
    }
    Deque<Connection> others =
        guests.computeIfAbsent(kind(greeting), _ -> new ArrayDeque<>(MOST_OF_A_KIND));
    if (others.size() >= MOST_OF_A_KIND) {
      Optional<Connection> quiet = others.stream().filter(it -> it.quietBeats() > 1).findFirst();
      if (quiet.isEmpty()) {
        return Optional.of("server %s has too many connections".formatted(greeting.from()));
      }
      quiet.get().close("a newer connection takes its place");
      others.remove(quiet.get());
    }
    strangers.remove(connection);
    others.add(connection);
    connection.write(
        Packet.Kind.GREETING, link.greeting(greeting.from(), greeting.priority()).encode());
    connection.flush();
    return Optional.empty();
  }

  private Optional<String> refusal(Greeting greeting) {
    if (!greeting.system().equals(link.system())) {
      return Optional.of("it belongs to another system");
    }
    if (!greeting.to().equals(link.self())) {
      return Optional.of(
          "this server is %s, but the greeting is to another".formatted(link.self()));
    }
    return link.knows(greeting.from())
        ? Optional.empty()
        : Optional.of("it names a server that is no peer");
  }

  @Override
  public void frame(Greeting from, byte[] frame) {
    receiver.received(from.from(), frame);
  }

  @Override
  public void writable() {
    // Only signs of life are written here, and those need no room.
  }

  @Override
  public void ended(Connection connection, Connection.End how) {
    link.forget(connection);
    if (strangers.remove(connection)) {
      link.turnedAway();
      LOG.warn("turned away a connection that did not greet properly: {}", how);
    }
    connection
        .peer()
        .ifPresent(greeting -> {
          Deque<Connection> others = guests.get(kind(greeting));
          if (others != null && others.remove(connection) && others.isEmpty()) {
            guests.remove(kind(greeting));
          }
        });
  }

  private static Kind kind(Greeting greeting) {
    return new Kind(greeting.from(), greeting.priority());
  }
}
