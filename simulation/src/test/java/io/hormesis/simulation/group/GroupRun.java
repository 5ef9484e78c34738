package io.hormesis.simulation.group;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.engine.port.Strand;
import io.hormesis.replication.Change;
import io.hormesis.replication.Committed;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.NotCommitted;
import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Replicas;
import io.hormesis.replication.ReplicasListener;
import io.hormesis.replication.ReplicasPorts;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.SimulatedStrands;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One life of a server: the members it hosts and the workers beside them. */
final class GroupRun implements ReplicasListener {

  private static final int STEP_TRIES = 5;

  /** So many requests go past their key's lane, as if a second worker did them: it must lose. */
  private static final int ZOMBIE_EVERY = 8;

  private final GroupWorld world;
  private final Incarnation life;
  private final GroupServer server;
  private final SimulatedStrands strands;
  private final Strand work;
  private final Replicas replicas;
  private final GroupOutbox outbox;
  private final KeyedSerializer serializer = new KeyedSerializer();

  /** Starts a life; {@link ServerDied} when it ends at once. */
  GroupRun(GroupWorld world, GroupServer server, Incarnation life) {
    this.world = world;
    this.server = server;
    this.life = life;
    Dice dice = Dice.of(world.seed(), life.name() + " strands " + life.number());
    strands =
        new SimulatedStrands(
            world.time(),
            server.clock(),
            dice,
            life,
            failure -> world.taskFailed(life.name(), failure));
    work = strands.open("work");
    outbox = new GroupOutbox(world, life, work, this::member);
    replicas = Replicas.open(world.settings(life.name()), ports(), this);
    if (world.boxed()) {
      outbox.start();
    }
  }

  private ReplicasPorts ports() {
    Dice dice = Dice.of(world.seed(), life.name() + " replicas " + life.number());
    return new ReplicasPorts(
        server.disk().mount(life), strands, server.clock(), dice.generator(), this::send);
  }

  private void send(String to, byte[] frame) {
    CRC32C checksum = new CRC32C();
    checksum.update(frame);
    world
        .network()
        .send(life, to, checksum.getValue(), new GroupMessage(world, life.name(), to, frame));
  }

  Incarnation life() {
    return life;
  }

  void pauseUntil(long nanos) {
    strands.pauseUntil(nanos);
  }

  void resume() {
    strands.resume();
  }

  void receive(String from, byte[] frame) {
    replicas.receive(from, frame);
  }

  void processEnded(String other) {
    replicas.processEnded(other);
  }

  Replica member(GroupId group) {
    return replicas.group(group);
  }

  /** Serves a request on the strand of the workers. */
  void take(GroupAsk ask, Consumer<GroupAnswer> reply) {
    work.execute(() -> {
      switch (ask) {
        case GroupAsk.Write write when write.request() % ZOMBIE_EVERY == 0 ->
            step(write, STEP_TRIES, reply);
        case GroupAsk.Write write -> stepInLane(write, reply);
        case GroupAsk.Read read -> read(read, reply);
      }
    });
  }

  private void stepInLane(GroupAsk.Write write, Consumer<GroupAnswer> reply) {
    String lane = GroupWorld.groupOf(write) + " " + write.key();
    Consumer<GroupAnswer> replyAndLeave =
        answer -> {
          reply.accept(answer);
          work.execute(() -> serializer.leave(lane));
        };
    if (!serializer.enter(lane, () -> step(write, STEP_TRIES, replyAndLeave))) {
      reply.accept(new GroupAnswer.No(NotCommitted.Kind.BUSY, Optional.empty()));
    }
  }

  private void read(GroupAsk.Read read, Consumer<GroupAnswer> reply) {
    then(
        member(GroupWorld.DESK).read(read.key()),
        (state, failure) ->
            reply.accept(state != null ? new GroupAnswer.Found(state) : no(failure)));
  }

  /** Goes on when a future has ended; what goes wrong in that is a failure of the world. */
  private <T> void then(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> next) {
    var _ =
        future
            .handle((result, failure) -> {
              next.accept(result, failure);
              return true;
            })
            .exceptionally(failure -> {
              world.taskFailed(life.name(), failure);
              return false;
            });
  }

  private void step(GroupAsk.Write write, int tries, Consumer<GroupAnswer> reply) {
    Replica member = member(GroupWorld.groupOf(write));
    Optional<Committed> known =
        member.remembered(
            write.key(), write.requestId(), write.fingerprint(), server.clock().now());
    if (known.isPresent()) {
      reply.accept(answer(known.get()));
      return;
    }
    Change change = GroupStep.of(write, member.applied(write.key()), server.clock().now());
    then(
        member.commit(change),
        (committed, failure) -> {
          if (committed == null) {
            reply.accept(no(failure));
          } else if (committed instanceof Committed.Conflict && tries > 1) {
            work.execute(() -> step(write, tries - 1, reply));
          } else if (committed instanceof Committed.Applied applied) {
            reply.accept(applied(write, change, applied));
          } else {
            reply.accept(answer(committed));
          }
        });
  }

  private GroupAnswer applied(GroupAsk.Write write, Change change, Committed.Applied applied) {
    GroupAnswer.Done done = GroupStep.answer(change.reply());
    if (applied.version() != done.version()) {
      return new GroupAnswer.Wrong(
          "request %d to %s made version %d, but was applied as %d"
              .formatted(write.request(), write.key(), done.version(), applied.version()));
    }
    world.log().add(EventLog.Kind.COMMITTED, life.name(), write.request());
    return done;
  }

  private static GroupAnswer answer(Committed committed) {
    return switch (committed) {
      case Committed.Repeated repeated -> GroupStep.answer(repeated.reply());
      case Committed.Conflict _, Committed.OutboxFull _ ->
          new GroupAnswer.No(NotCommitted.Kind.BUSY, Optional.empty());
      case Committed.Applied _, Committed.KeyReused _, Committed.KeyForgotten _ ->
          new GroupAnswer.Wrong(
              committed + " to a request of today that was never used for another");
    };
  }

  private static GroupAnswer no(@Nullable Throwable failure) {
    @Nullable Throwable cause =
        failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NotCommitted not
        ? new GroupAnswer.No(not.kind(), not.leader())
        : new GroupAnswer.Wrong("a future failed with " + failure);
  }

  @Override
  public void changed(ReplicaStatus status) {
    if (!life.ended()) {
      world.log().add(EventLog.Kind.CHANGED, life.name(), status.term() * 31 + status.inSync());
    }
  }

  @Override
  public void outboxFilled(GroupId group) {
    work.execute(outbox::deliver);
  }

  @Override
  public void storeFailed(Throwable cause) {
    if (!life.ended()) {
      world.crash(life.name(), true, GroupWorld.RESTART);
    }
  }
}
