package io.hormesis.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one server knows of all the others: what each said last, and which incarnation is known to
 * have ended. Evidence of an end holds for one incarnation: its late words are not believed, the
 * next one's are.
 *
 * <p>A state machine; time is in milliseconds of a monotonic clock. Not thread-safe.
 */
final class Membership {
  private static final long SILENCE_MILLIS = 1500;

  private final Map<String, Known> servers = new LinkedHashMap<>();

  /**
   * The membership of a system of which nobody was heard yet.
   *
   * @param now from when on their silence counts
   */
  Membership(Collection<String> names, long now) {
    names.forEach(name -> servers.put(name, new Known(now)));
  }

  /**
   * These are the servers from now on.
   *
   * @param now from when on the silence of new ones counts
   */
  void placed(Collection<String> names, long now) {
    servers.keySet().retainAll(names);
    names.forEach(name -> servers.computeIfAbsent(name, _ -> new Known(now)));
  }

  /** What came of a piece of news. */
  enum Transition {
    /** The server was thought to be away, and is not. */
    BACK,
    /** The server's process ended. */
    GONE,
    /** Nothing that others must act on. */
    NOTHING
  }

  /** A server told about itself. */
  Transition heard(StatusGossip gossip, long now) {
    Known known = servers.get(gossip.server());
    if (known == null || known.endedIncarnation == gossip.incarnation()) {
      return Transition.NOTHING;
    }
    boolean away = known.away || known.silent || known.last.isEmpty();
    known.incarnation = gossip.incarnation();
    known.last = Optional.of(gossip);
    known.heardAt = now;
    known.silent = false;
    known.away = false;
    return away ? Transition.BACK : Transition.NOTHING;
  }

  /** Whether these are the last words of a server that is not known to have ended. */
  boolean believes(StatusGossip gossip) {
    return last(gossip.server()).filter(gossip::equals).isPresent();
  }

  /** A connection to a server stands: that incarnation lives, whatever was thought. */
  Transition connected(String server, long incarnation) {
    Known known = servers.get(server);
    if (known == null) {
      return Transition.NOTHING;
    }
    if (known.endedIncarnation == incarnation) {
      known.endedIncarnation = 0;
    }
    if (known.incarnation != incarnation) {
      known.incarnation = incarnation;
      known.last = Optional.empty();
    }
    if (!known.away) {
      return Transition.NOTHING;
    }
    known.away = false;
    return Transition.BACK;
  }

  /** Evidence that the process of an incarnation ended. */
  Transition ended(String server, long incarnation) {
    Known known = servers.get(server);
    if (known == null || known.endedIncarnation == incarnation) {
      return Transition.NOTHING;
    }
    if (known.incarnation != 0 && known.incarnation != incarnation) {
      return Transition.NOTHING;
    }
    known.endedIncarnation = incarnation;
    known.away = true;
    return Transition.GONE;
  }

  /** The servers that have said nothing for too long since this was last asked. */
  List<String> fallenSilent(long now) {
    List<String> fallen = new ArrayList<>();
    servers.forEach((name, known) -> {
      if (!known.silent && known.isSilent(now)) {
        known.silent = true;
        fallen.add(name);
      }
    });
    return fallen;
  }

  /** What the server said last; empty when it never did. */
  Optional<StatusGossip> last(String server) {
    return Optional.ofNullable(servers.get(server)).flatMap(it -> it.last);
  }

  /** The state of a server: its own word, unless there is evidence or a silence against it. */
  ServerState state(String server, long now) {
    Known known = servers.get(server);
    if (known == null || known.away) {
      return ServerState.DEAD;
    }
    if (known.last.isEmpty()) {
      return ServerState.STARTING;
    }
    return known.isSilent(now) ? ServerState.SUSPECT : known.last.get().state();
  }

  /** All partitions that somebody alive leads. */
  List<Leading> leading() {
    return servers.values().stream()
        .filter(known -> !known.away)
        .flatMap(known -> known.last.stream())
        .flatMap(last -> last.leads().stream().map(lead -> new Leading(last.server(), lead)))
        .toList();
  }

  /** A partition and who leads it. */
  record Leading(String server, StatusGossip.Lead lead) {}

  private static final class Known {
    Optional<StatusGossip> last = Optional.empty();
    long heardAt;
    boolean silent;

    /** The incarnation that was last heard of or connected to; 0 before any. */
    long incarnation;

    long endedIncarnation;
    boolean away;

    Known(long since) {
      heardAt = since;
    }

    boolean isSilent(long now) {
      return now - heardAt > SILENCE_MILLIS;
    }
  }
}
