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
  private final Map<Target, List<String>> hosts;
  private final Map<Target, Leader> leaders = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, Long> suspectUntil = new HashMap<>();
  private final boolean trusting;
  private int turn;

  /**
   * A directory without any news.
   *
   * @param trusting whether it never believes that a server is gone: an error, for tests
   */
  RoutingTable(String self, Map<Target, List<String>> hosts, boolean trusting) {
    this.self = self;
    this.trusting = trusting;
    this.hosts = Map.copyOf(hosts);
  }

  boolean knows(Target place) {
    return hosts.containsKey(place);
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
    if (!trusting) {
      gone.add(server);
    }
  }

  void back(String server) {
    gone.remove(server);
    suspectUntil.remove(server);
  }

  void suspect(String server, long now) {
    suspectUntil(server, now + SUSPICION_MILLIS);
  }

  /** Others are preferred until there is a sign of life. */
  void silent(String server) {
    suspectUntil(server, Long.MAX_VALUE);
  }

  private void suspectUntil(String server, long until) {
    if (!trusting) {
      suspectUntil.merge(server, until, Math::max);
    }
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
        candidates.stream().filter(it -> suspectUntil.getOrDefault(it, 0L) <= now).toList();
    // When every candidate is suspect, a suspect is better than nobody (rule R15: fail open).
    List<String> choice = trusted.isEmpty() ? candidates : trusted;
    if (choice.contains(self)) {
      return Optional.of(self);
    }
    turn = (turn + 1) & Integer.MAX_VALUE;
    return Optional.of(choice.get(turn % choice.size()));
  }

  private record Leader(String server, long term) {}
}
