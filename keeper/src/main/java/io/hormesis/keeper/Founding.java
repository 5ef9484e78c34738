package io.hormesis.keeper;

import java.util.HashSet;
import java.util.Set;

/**
 * Which server may found the cluster of members, so that there is never a second one: the first to
 * start while no living server is a member or a founder.
 *
 * <p>When the founder dies before anybody is known to be a member, nobody can tell which of the
 * others it had let in; they have served nobody yet, so they all start anew. A state machine. Not
 * thread-safe.
 */
final class Founding {
  private final Set<String> living = new HashSet<>();
  private final Set<String> founders = new HashSet<>();
  private final Set<String> members = new HashSet<>();

  /** A server is being started: whether it may found the cluster. */
  boolean starting(String server) {
    living.add(server);
    return founders.isEmpty() && members.isEmpty() && founders.add(server);
  }

  /** A server told that it is a member. */
  void member(String server) {
    if (living.contains(server)) {
      members.add(server);
    }
  }

  /** A server's process has ended: the servers that must start anew because of it. */
  Set<String> ended(String server) {
    living.remove(server);
    founders.remove(server);
    members.remove(server);
    return founders.isEmpty() && members.isEmpty() ? Set.copyOf(living) : Set.of();
  }
}
