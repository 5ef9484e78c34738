package io.hormesis.simulation.group;

import io.hormesis.replication.GroupId;
import io.hormesis.replication.KeyState;
import io.hormesis.replication.StateChecksum;
import io.hormesis.simulation.group.Entries.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What clients asked and were told, and what members showed: kept outside of the servers, to say
 * whether a promise was broken.
 *
 * <p>A key's versions order its changes, so linearizability of a key comes down to real time: what
 * begins after something was answered must show a version at least as high, a change a higher one.
 * A version of a key has one content, whoever shows it.
 */
final class GroupBooks {

  private static final int VIOLATIONS_LIMIT = 100;

  private final Map<String, Long> floors = new HashMap<>();
  private final Map<String, Map<Long, Integer>> contents = new HashMap<>();
  private final Map<String, Map<Long, Long>> checksums = new HashMap<>();
  private final Map<Long, GroupAsk.Write> asked = new HashMap<>();
  private final Map<String, List<GroupAsk.Write>> askedOfKey = new HashMap<>();
  private final Map<Long, GroupAnswer.Done> answered = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long reads;

  List<String> violations() {
    return List.copyOf(violations);
  }

  int writesAnswered() {
    return answered.size();
  }

  long reads() {
    return reads;
  }

  void violated(String what) {
    if (violations.size() < VIOLATIONS_LIMIT) {
      violations.add(what);
    }
  }

  void asked(GroupAsk.Write write) {
    asked.put(write.request(), write);
    askedOfKey.computeIfAbsent(write.key(), _ -> new ArrayList<>()).add(write);
  }

  /** The highest version of a key of the desk that anybody was told so far. */
  long floor(String key) {
    return floors.getOrDefault(key, 0L);
  }

  /** A client hears that its write is done; {@code floor} is from when it first asked. */
  void answered(GroupAsk.Write write, GroupAnswer.Done done, long floor) {
    answered.put(write.request(), done);
    if (done.accepted() ? done.version() <= floor : done.version() < floor) {
      violated(
          "stale write: request %d to %s gave version %d, but %d was answered before it was asked"
              .formatted(write.request(), write.key(), done.version(), floor));
    }
    floors.merge(write.key(), done.version(), Math::max);
  }

  /** A client hears what is stored; {@code floor} is from when it asked. */
  void read(GroupId group, KeyState state, long floor) {
    reads++;
    if (state.version() < floor) {
      violated(
          "stale read: %s shows version %d, but %d was answered before it was asked"
              .formatted(state.key(), state.version(), floor));
    }
    floors.merge(state.key(), state.version(), Math::max);
    seen(group, state, "a reader");
  }

  /** Somebody shows what is stored under a key. */
  void seen(GroupId group, KeyState state, String by) {
    int content = state.state().map(Arrays::hashCode).orElse(0);
    Integer before =
        contents
            .computeIfAbsent(group + " " + state.key(), _ -> new HashMap<>())
            .putIfAbsent(state.version(), content);
    if (before != null && before != content) {
      violated(
          "diverged: %s of %s has two contents at version %d, seen by %s"
              .formatted(state.key(), group, state.version(), by));
    }
  }

  /** A member shows all that it has applied, as one number. */
  void seen(GroupId group, StateChecksum state, String by) {
    Long before =
        checksums
            .computeIfAbsent(group.toString(), _ -> new HashMap<>())
            .putIfAbsent(state.index(), state.checksum());
    if (before != null && before != state.checksum()) {
      violated(
          "diverged: members of %s differ at index %d, seen by %s"
              .formatted(group, state.index(), by));
    }
  }

  /** In the end: each key as a member of the desk holds it. */
  void settleDesk(String member, String key, Entries entries) {
    Set<Long> present = unique(member, key, entries);
    Set<Integer> years = new HashSet<>();
    for (Entry entry : entries.list()) {
      if (entry.year() != 0 && !years.add(entry.year())) {
        violated("%s: two returns of %s for %d".formatted(member, key, entry.year()));
      }
      if (!asked.containsKey(entry.request())) {
        violated("%s: %s holds %d, which nobody asked".formatted(member, key, entry.request()));
      }
    }
    askedOfKey.getOrDefault(key, List.of()).stream()
        .filter(write -> answered.containsKey(write.request()))
        .forEach(write -> settle(member, write, present.contains(write.request())));
  }

  /** In the end: what the box holds of a key must be the returns that the desk accepted. */
  void settleBox(String member, String key, Entries box, Entries desk) {
    Set<Long> present = unique(member, key, box);
    Set<Long> expected = new HashSet<>();
    desk.list().stream()
        .filter(entry -> entry.year() != 0)
        .forEach(entry -> expected.add(entry.request()));
    if (!present.equals(expected)) {
      violated(
          "%s: the box of %s holds notices %s, the desk sent %s"
              .formatted(member, key, new TreeSet<>(present), new TreeSet<>(expected)));
    }
  }

  private void settle(String member, GroupAsk.Write write, boolean present) {
    boolean accepted =
        answered.getOrDefault(write.request(), new GroupAnswer.Done(0, false)).accepted();
    if (accepted && !present) {
      violated(
          "%s: lost: request %d to %s was acknowledged"
              .formatted(member, write.request(), write.key()));
    }
    if (!accepted && present) {
      violated(
          "%s: request %d to %s was refused, but is there"
              .formatted(member, write.request(), write.key()));
    }
  }

  private Set<Long> unique(String member, String key, Entries entries) {
    Set<Long> present = new HashSet<>();
    for (Entry entry : entries.list()) {
      if (!present.add(entry.request())) {
        violated("%s: request %d applied twice to %s".formatted(member, entry.request(), key));
      }
    }
    return present;
  }
}
