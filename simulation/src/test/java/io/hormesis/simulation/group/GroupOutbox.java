package io.hormesis.simulation.group;

import io.hormesis.engine.port.Strand;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Role;
import io.hormesis.replication.Undelivered;
import io.hormesis.simulation.Incarnation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Delivers what the desk's outbox holds to the box, beside the member that leads. It keeps nothing:
 * after a crash, or when an answer is late, a notice is sent again, and the box knows it.
 */
final class GroupOutbox {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
  private static final int UNDER_WAY_LIMIT = 50;

  private final GroupWorld world;
  private final Incarnation life;
  private final Strand strand;
  private final Function<GroupId, Replica> members;
  private final Set<Long> underWay = new HashSet<>();
  private final List<Long> delivered = new ArrayList<>();
  private String boxLeader;

  GroupOutbox(
      GroupWorld world, Incarnation life, Strand strand, Function<GroupId, Replica> members) {
    this.world = world;
    this.life = life;
    this.strand = strand;
    this.members = members;
    this.boxLeader = life.name();
  }

  void start() {
    strand.schedule(PERIOD, this::tick);
  }

  private void tick() {
    deliver();
    strand.schedule(PERIOD, this::tick);
  }

  void deliver() {
    Replica desk = members.apply(GroupWorld.DESK);
    if (desk.status().role() != Role.LEADER) {
      return;
    }
    if (!delivered.isEmpty()) {
      var _ = desk.delivered(List.copyOf(delivered));
      delivered.clear();
    }
    for (Undelivered notice : desk.outbox(0, UNDER_WAY_LIMIT)) {
      if (underWay.size() < UNDER_WAY_LIMIT && underWay.add(notice.number())) {
        send(notice);
      }
    }
  }

  private void send(Undelivered notice) {
    String asked = boxLeader;
    world.ask(
        life,
        asked,
        GroupStep.keep(notice.notice()),
        answer -> strand.execute(() -> heard(notice.number(), asked, answer)));
    strand.schedule(ANSWER_LIMIT, () -> giveUp(notice.number(), asked));
  }

  private void giveUp(long number, String asked) {
    if (underWay.remove(number) && !delivered.contains(number)) {
      leave(asked, Optional.empty());
    }
  }

  /** Asks another server next time; many answers of the same one count once. */
  private void leave(String asked, Optional<String> leader) {
    if (boxLeader.equals(asked)) {
      boxLeader = leader.orElseGet(() -> world.serverAfter(asked));
    }
  }

  private void heard(long number, String asked, GroupAnswer answer) {
    switch (answer) {
      case GroupAnswer.Done _ -> {
        if (underWay.contains(number)) {
          delivered.add(number);
        }
      }
      case GroupAnswer.No no -> {
        leave(asked, no.leader());
        underWay.remove(number);
      }
      case GroupAnswer.Wrong wrong -> world.books().violated(wrong.what());
      case GroupAnswer.Found _ -> world.books().violated("a notice was answered with a state");
    }
  }
}
