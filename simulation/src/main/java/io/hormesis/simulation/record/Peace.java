package io.hormesis.simulation.record;

import io.hormesis.replication.GroupId;
import io.hormesis.replication.KeyState;
import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all members, while faults last and after them. */
final class Peace {

  private final RecordWorld world;
  private final Citizens citizens;

  Peace(RecordWorld world, Citizens citizens) {
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
    List<Optional<Running>> lives = world.living().stream().map(RecordServer::running).toList();
    if (!lives.stream().allMatch(Optional::isPresent)) {
      missing.add("a server that is up");
      return;
    }
    List<Replica> members =
        lives.stream().flatMap(Optional::stream).map(life -> life.member(group)).toList();
    List<ReplicaStatus> all = members.stream().map(Replica::status).toList();
    long leaders = all.stream().filter(status -> status.role() == Role.LEADER).count();
    boolean inSync = all.stream().anyMatch(status -> status.inSync() == members.size());
    boolean level = all.stream().map(ReplicaStatus::commitIndex).distinct().count() == 1;
    if (leaders != 1 || !inSync || !level) {
      missing.add("%s: one leader with all members in sync: %s".formatted(group, all));
    }
    for (Replica member : members) {
      int undelivered = member.outbox(1).size();
      if (undelivered > 0) {
        missing.add("%s: an empty outbox".formatted(group));
      }
    }
  }

  /** Compares everything that was promised with what every living member holds. */
  void settle() {
    for (int number = 0; number < world.profile().keys(); number++) {
      String key = "k" + number;
      for (RecordServer server : world.living()) {
        server.running().ifPresent(running -> settle(running, key));
      }
    }
  }

  private void settle(Running running, String key) {
    String name = running.life().name();
    look(name, key);
    KeyState desk = running.member(RecordWorld.DESK).applied(key);
    Entries entries = Entries.of(desk.state());
    world.books().settleDesk(name, key, entries);
    if (desk.version() < world.books().floor(key)) {
      world
          .books()
          .violated(
              "%s: %s is at version %d, but %d was answered"
                  .formatted(name, key, desk.version(), world.books().floor(key)));
    }
    if (world.boxed()) {
      KeyState box = running.member(RecordWorld.BOX).applied(key);
      world.books().settleBox(name, key, Entries.of(box.state()), entries);
    }
  }
}
