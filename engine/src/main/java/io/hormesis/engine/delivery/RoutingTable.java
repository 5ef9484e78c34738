package io.hormesis.engine.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one server believes about where things are: who hosts a place, who leads it, who is gone.
 * First evidence suffices to route around a server, and any sign of life brings it back: a wrong
 * belief costs a moment, never data.
 *
 * <p>Time is in milliseconds of a monotonic clock. Not thread-safe.
 */
final class RoutingTable {
  private static final long SUSPICION_MILLIS = 1000;

  private final String self;
  private final Map<Target, Leader> leaders = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Map<Suspect, Long> suspectUntil = new HashMap<>();
  private Map<Target, List<String>> hosts = Map.of();
  private int turn;

  /** A table without any news. */
  RoutingTable(String self) {
    this.self = self;
  }

  /** The servers that host each target, from now on. */
  void placed(Map<Target, List<String>> servers) {
    hosts = Map.copyOf(servers);
  }

  Optional<String> leader(Target place) {
    return Optional.ofNullable(leaders.get(place))
        .map(Leader::server)
        .filter(it -> !gone.contains(it));
  }

  /** Takes news of a leader; false when newer news is known already. */
  boolean leads(Target place, String server, long term) {
    Leader known = leaders.get(place);
    if (known != null && known.term() > term) {
      return false;
    }
    leaders.put(place, new Leader(server, term));
    return true;
  }

  /** Forgets a leader that says itself that it leads no more. */
  void leadsNoMore(Target place, String server) {
    Leader known = leaders.get(place);
    if (known != null && known.server().equals(server)) {
      leaders.remove(place);
    }
  }

  void gone(String server) {
    gone.add(server);
  }

  void back(String server) {
    gone.remove(server);
    silent.remove(server);
    suspectUntil.keySet().removeIf(it -> it.server().equals(server));
  }

  /**
   * An instance left a call without a response; others of its process are preferred for a while.
   */
  void suspect(Target target, String server, long now) {
    suspectUntil.merge(new Suspect(target.process(), server), now + SUSPICION_MILLIS, Math::max);
  }

  /** Others are preferred until there is a sign of life. */
  void silent(String server) {
    silent.add(server);
  }

  boolean isGone(String server) {
    return gone.contains(server);
  }

  /** An instance of a place, the best that is not among the tried; empty when none is left. */
  Optional<String> instance(Target place, Set<String> tried, long now) {
    List<String> candidates = new ArrayList<>(hosts.getOrDefault(place, List.of()));
    candidates.removeIf(it -> tried.contains(it) || gone.contains(it));
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    List<String> trusted =
        candidates.stream().filter(it -> trusted(place.process(), it, now)).toList();
    // When every candidate is suspect, a suspect is better than nobody (rule R15: fail open).
    List<String> choice = trusted.isEmpty() ? candidates : trusted;
    if (choice.contains(self)) {
      return Optional.of(self);
    }
    turn = (turn + 1) & Integer.MAX_VALUE;
    return Optional.of(choice.get(turn % choice.size()));
  }

  private boolean trusted(String process, String server, long now) {
    return !silent.contains(server)
        && suspectUntil.getOrDefault(new Suspect(process, server), 0L) <= now;
  }

  /** An instance of a process: one that hangs says nothing of its server's other processes. */
  private record Suspect(String process, String server) {}

  private record Leader(String server, long term) {}
}
