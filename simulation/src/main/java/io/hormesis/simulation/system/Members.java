package io.hormesis.simulation.system;

import io.hormesis.engine.delivery.Target;
import io.hormesis.replication.StateChecksum;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The members of each partition, when nobody writes any more: all of them come to the same index of
 * their log, and are equal there.
 */
final class Members {

  /** What the last notices and their reports still commit is over by then, usually. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final SystemWorld world;
  private SortedMap<String, SortedMap<String, StateChecksum>> seen = new TreeMap<>();

  Members(SystemWorld world) {
    this.world = world;
  }

  /** Waits at most so long until all but those of some servers are level. */
  void awaitLevel(Set<String> without, Duration within) {
    long limit = world.time().nanos() + within.toNanos();
    Optional<String> behind = laterBehind(without);
    while (behind.isPresent() && world.time().nanos() < limit) {
      behind = laterBehind(without);
    }
    behind.ifPresent(it ->
        world.violated(
            "members level", "members not level after %d ms: %s".formatted(within.toMillis(), it)));
  }

  /** Compares those that are at the same index, or were when they were awaited. */
  void compare() {
    (seen.isEmpty() ? states() : seen).forEach(this::compare);
  }

  /** By place and server. */
  private SortedMap<String, SortedMap<String, StateChecksum>> states() {
    SortedMap<String, SortedMap<String, StateChecksum>> places = new TreeMap<>();
    for (String name : world.servers()) {
      world
          .server(name)
          .running()
          .ifPresent(it ->
              it.server()
                  .checksums()
                  .forEach((place, state) ->
                      places.computeIfAbsent(place, _ -> new TreeMap<>()).put(name, state)));
    }
    return places;
  }

  private Optional<String> laterBehind(Set<String> without) {
    world.time().runUntil(world.time().nanos() + SETTLED.toNanos());
    seen = states();
    Map<Target, List<String>> hosts = world.placement().hosts();
    return seen.entrySet().stream()
        .map(it -> behind(it.getKey(), it.getValue(), hosts(hosts, it.getKey(), without)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static List<String> hosts(
      Map<Target, List<String>> hosts, String place, Set<String> without) {
    return Objects.requireNonNull(hosts.get(Target.parse(place)), place).stream()
        .filter(it -> !without.contains(it))
        .toList();
  }

  private static Optional<String> behind(
      String place, Map<String, StateChecksum> states, List<String> wanted) {
    Map<String, Long> indexes = new TreeMap<>();
    wanted.forEach(server ->
        indexes.put(
            server, Optional.ofNullable(states.get(server)).map(StateChecksum::index).orElse(-1L)));
    return indexes.values().stream().distinct().count() > 1 || indexes.containsValue(-1L)
        ? Optional.of("members of %s are at %s".formatted(place, indexes))
        : Optional.empty();
  }

  private void compare(String place, Map<String, StateChecksum> states) {
    Map<Long, Long> seen = new HashMap<>();
    states.forEach((server, state) -> {
      Long other = seen.putIfAbsent(state.index(), state.checksum());
      if (other != null && other != state.checksum()) {
        world.violated(
            "members",
            "members of %s must be equal at index %d, but that of %s is not"
                .formatted(place, state.index(), server));
      }
    });
  }
}
