package io.hormesis.simulation.group;

import io.hormesis.replication.GroupId;
import io.hormesis.replication.KeyState;
import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all members, while faults last and after them. */
final class ConvergenceCheck {

  private final GroupWorld world;
  private final GroupClients citizens;

  ConvergenceCheck(GroupWorld world, GroupClients citizens) {
    this.world = world;
    this.citizens = citizens;
  }

  /** Compares what one member shows of a key with what others showed. */
  void look(String server, String key) {
    world
        .server(server)
        .running()
        .ifPresent(running -> {
          for (GroupId group : world.groups()) {
            world.books().seen(group, running.member(group).applied(key), server);
          }
        });
  }

  /** Compares all that the members of each group have applied, where they are equally far. */
  void compare() {
    for (GroupServer server : world.living()) {
      server
          .running()
          .ifPresent(running -> {
            for (GroupId group : world.groups()) {
              String name = running.life().name();
              world.books().seen(group, running.member(group).checksum(), name);
            }
          });
    }
  }

  /** Whether each group has a leader. */
  boolean led() {
    return world.groups().stream().allMatch(this::led);
  }

  private boolean led(GroupId group) {
    return world.living().stream()
        .flatMap(server -> server.running().stream())
        .anyMatch(running -> running.member(group).status().role() == Role.LEADER);
  }

  /** What is still missing to a whole world; empty when it is whole. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (citizens.waiting() > 0) {
      missing.add(citizens.waiting() + " requests without an answer");
    }
    for (GroupId group : world.groups()) {
      missing(group, missing);
    }
    return missing;
  }

  private void missing(GroupId group, List<String> missing) {
    List<Optional<GroupRun>> lives = world.living().stream().map(GroupServer::running).toList();
    if (!lives.stream().allMatch(Optional::isPresent)) {
      missing.add("a server that is up");
      return;
    }
    List<Replica> members =
        lives.stream().flatMap(Optional::stream).map(life -> life.member(group)).toList();
    List<ReplicaStatus> all = members.stream().map(Replica::status).toList();
    long leaders = all.stream().filter(status -> status.role() == Role.LEADER).count();
    boolean inSync = all.stream().anyMatch(status -> status.inSync() >= members.size());
    boolean level = all.stream().map(ReplicaStatus::commitIndex).distinct().count() == 1;
    if (leaders != 1 || !inSync || !level) {
      missing.add("%s: one leader with all members in sync: %s".formatted(group, all));
    }
    world.wiped().ifPresent(wiped -> stayingOut(wiped, group, missing));
    for (Replica member : members) {
      int undelivered = member.outbox(0, 1).size();
      if (undelivered > 0) {
        missing.add("%s: an empty outbox".formatted(group));
      }
    }
  }

  private void stayingOut(String wiped, GroupId group, List<String> missing) {
    boolean says =
        world
            .server(wiped)
            .running()
            .map(running -> running.member(group).status())
            .filter(status -> status.role() == Role.FAULTED && !status.degraded().isEmpty())
            .isPresent();
    if (!says) {
      missing.add("%s: that %s, without its disk, stays out and says so".formatted(group, wiped));
    }
  }

  /**
   * Compares everything that was promised with what the members hold that have come furthest: in a
   * whole world, all of them.
   */
  void settle() {
    compare();
    List<GroupRun> desk = furthest(GroupWorld.DESK);
    List<GroupRun> box = world.boxed() ? furthest(GroupWorld.BOX) : List.of();
    for (int number = 0; number < world.profile().load().keys(); number++) {
      String key = "k" + number;
      desk.forEach(member -> settleDesk(member, key));
      desk.forEach(sender -> box.forEach(receiver -> settleBox(receiver, sender, key)));
    }
  }

  private List<GroupRun> furthest(GroupId group) {
    List<GroupRun> lives =
        world.living().stream().map(GroupServer::running).flatMap(Optional::stream).toList();
    long furthest =
        lives.stream().mapToLong(life -> life.member(group).status().commitIndex()).max().orElse(0);
    return lives.stream()
        .filter(life -> life.member(group).status().commitIndex() == furthest)
        .toList();
  }

  private void settleDesk(GroupRun running, String key) {
    String name = running.life().name();
    look(name, key);
    KeyState desk = running.member(GroupWorld.DESK).applied(key);
    world.books().settleDesk(name, key, Entries.of(desk.state()));
    if (desk.version() < world.books().floor(key)) {
      world
          .books()
          .violated(
              "%s: %s is at version %d, but %d was answered"
                  .formatted(name, key, desk.version(), world.books().floor(key)));
    }
  }

  private void settleBox(GroupRun receiver, GroupRun sender, String key) {
    KeyState desk = sender.member(GroupWorld.DESK).applied(key);
    KeyState box = receiver.member(GroupWorld.BOX).applied(key);
    world
        .books()
        .settleBox(receiver.life().name(), key, Entries.of(box.state()), Entries.of(desk.state()));
  }
}
