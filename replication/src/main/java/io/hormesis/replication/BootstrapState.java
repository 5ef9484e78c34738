package io.hormesis.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The bootstrap of a group, which happens exactly once, as a pure state machine of one member.
 *
 * <p>A member whose disk was lost must not vote under a name that may have voted before: every Raft
 * library that was tried then loses acknowledged entries. So a group is born once. Its first
 * members tell each other their names; the first in rank draws the group's id when it knows all
 * names, and all store id and names (STORED). A member that knows all to have stored them, or hears
 * that another is BORN, is BORN, stores that, and starts to vote. An EMPTY member that hears of a
 * group already stored without its present name, or born, has lost its disk: it stays FAULTED.
 *
 * <p>Every message says all that its sender knows, so lost, late and doubled ones do no harm. A new
 * state must be forced before anything is told of it.
 *
 * @param group id and members once they are stored; empty before
 * @param names what the other members call themselves, by server
 * @param stored servers known to have stored the group
 * @param reason why this member is out; empty otherwise
 */
record BootstrapState(
    GroupPlan plan,
    String server,
    Stage stage,
    Endpoint self,
    Optional<Group> group,
    Map<String, Endpoint> names,
    Set<String> stored,
    String reason) {

  /** How far a member is; the first three are stored under the ids 0, 1, 2. */
  enum Stage {
    EMPTY,
    STORED,
    BORN,
    FAULTED
  }

  /** A group that has its id: its first members in order of rank. */
  record Group(String id, List<Endpoint> members) {
    Group {
      members = List.copyOf(members);
    }
  }

  /** A message of one member to another about its own bootstrap state. */
  record BootstrapMessage(Stage stage, Endpoint self, Optional<Group> group) {}

  /** A member as it comes from its disk. */
  static BootstrapState of(
      GroupPlan plan, String server, Stage stage, Endpoint self, Optional<Group> group) {
    Set<String> stored = group.isPresent() ? Set.of(server) : Set.of();
    BootstrapState birth =
        new BootstrapState(plan, server, stage, self, group, Map.of(), stored, "");
    return birth.settled();
  }

  BootstrapMessage hello() {
    return new BootstrapMessage(stage, self, group);
  }

  /**
   * What this member is after another told of itself, or just after a start.
   *
   * @param newId draws a group id that nobody drew before
   */
  BootstrapState on(String from, BootstrapMessage hello, Supplier<String> newId) {
    if (done() || !plan.servers().contains(from) || from.equals(server)) {
      return this;
    }
    return switch (hello.stage()) {
      case EMPTY -> named(from, hello.self()).drawn(newId);
      case STORED, BORN -> hello.group().map(other -> told(from, hello, other)).orElse(this);
      case FAULTED -> this;
    };
  }

  /** Nothing that others say changes it any more. */
  boolean done() {
    return stage == Stage.BORN || stage == Stage.FAULTED;
  }

  private BootstrapState named(String from, Endpoint name) {
    Map<String, Endpoint> known = new TreeMap<>(names);
    known.put(from, name);
    return new BootstrapState(plan, server, stage, self, group, known, stored, reason);
  }

  /** The first in rank draws the id when it knows all names. */
  BootstrapState drawn(Supplier<String> newId) {
    boolean first = plan.servers().getFirst().equals(server);
    if (stage != Stage.EMPTY || !first || names.size() + 1 < plan.servers().size()) {
      return this;
    }
    List<Endpoint> members = new ArrayList<>();
    for (String other : plan.servers()) {
      members.add(other.equals(server) ? self : names.getOrDefault(other, self));
    }
    return stored(new Group(newId.get(), members), Set.of(server));
  }

  private BootstrapState told(String from, BootstrapMessage hello, Group other) {
    if (stage == Stage.EMPTY) {
      return adopted(from, hello, other);
    }
    if (group.filter(other::equals).isEmpty()) {
      return out("another birth of it is known to %s: id %s".formatted(from, other.id()));
    }
    if (stage == Stage.STORED && hello.stage() == Stage.BORN) {
      return born();
    }
    Set<String> known = new HashSet<>(stored);
    known.add(from);
    return new BootstrapState(plan, server, stage, self, group, names, known, reason).settled();
  }

  private BootstrapState adopted(String from, BootstrapMessage hello, Group other) {
    if (hello.stage() == Stage.BORN || !other.members().contains(self)) {
      return out(
          "%s knows the group with the members %s, and this one calls itself %s"
              .formatted(from, other.members(), self));
    }
    return stored(other, Set.of(server, from));
  }

  private BootstrapState stored(Group born, Set<String> by) {
    return new BootstrapState(plan, server, Stage.STORED, self, Optional.of(born), names, by, "")
        .settled();
  }

  /** All have stored it: it is born. */
  private BootstrapState settled() {
    return stage == Stage.STORED && stored.containsAll(plan.servers()) ? born() : this;
  }

  private BootstrapState born() {
    return new BootstrapState(plan, server, Stage.BORN, self, group, names, stored, "");
  }

  private BootstrapState out(String why) {
    String text =
        "store of %s on %s is %s while its group exists: %s; it stays out of the group"
            .formatted(plan.id(), server, stage == Stage.EMPTY ? "empty" : "of another birth", why);
    return new BootstrapState(plan, server, Stage.FAULTED, self, group, names, stored, text);
  }

  /** Servers that are still to tell their name, or that they stored the group. */
  Set<String> awaited() {
    Set<String> awaited = new TreeSet<>(plan.servers());
    awaited.remove(server);
    awaited.removeAll(stage == Stage.EMPTY ? names.keySet() : stored);
    return awaited;
  }
}
