package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.Carrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReplicasTest {

  private final World world = new World(1);

  private static NotCommitted failure(CompletableFuture<?> answer) {
    try {
      answer.join();
      throw new AssertionError("no failure");
    } catch (CompletionException e) {
      if (e.getCause() instanceof NotCommitted failure) {
        return failure;
      }
      throw e;
    }
  }

  private String another(String... not) {
    return World.SERVERS.stream()
        .filter(server -> !List.of(not).contains(server))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void threeServersBearAGroupElectAndCommit() {
    world.startAll();
    world.awaitLeader();

    assertThat(world.write("citizen", "r1", 0, "first")).isEqualTo(1);
    assertThat(world.write("citizen", "r2", 1, "second")).isEqualTo(2);

    String leader = world.awaitLeader();
    KeyState read = world.await(world.replica(leader).read("citizen"));
    assertThat(read.version()).isEqualTo(2);
    assertThat(read.state().map(b -> new String(b, UTF_8))).hasValue("second");
    world.awaitCaughtUp();
    world.run(Duration.ofMillis(500)); // followers learn of a commit by the next heartbeat
    for (String server : World.SERVERS) {
      assertThat(world.replica(server).applied("citizen").version()).isEqualTo(2);
    }
  }

  @Test
  void acknowledgedWritesOutliveTheLossOfAllPower() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    World.SERVERS.forEach(world::powerOff);
    world.run(Duration.ofSeconds(1));
    world.startAll();
    assertThat(world.write("k", "r2", 1, "two")).isEqualTo(2);
  }

  @Test
  void repeatedRequestGetsItsFirstReplyFromAnyLeader() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    world.awaitCaughtUp();
    String old = world.awaitLeader();
    world.kill(old);
    world.evidence(old);
    world.until(Duration.ofSeconds(5), "another leader", () -> world.leader().isPresent());
    String leader = world.awaitLeader();
    Committed again = world.await(world.replica(leader).commit(world.change("k", "r1", 0, "one")));
    assertThat(again).isInstanceOf(Committed.Repeated.class);
    assertThat(
            world.replica(leader).remembered("k", "r1", "one".getBytes(UTF_8), world.clock().now()))
        .get()
        .isInstanceOf(Committed.Repeated.class);
  }

  @Test
  void followerNamesTheLeader() {
    world.startAll();
    String leader = world.awaitInSync(3);
    Replica follower = world.replica(another(leader));
    CompletableFuture<Committed> answer = follower.commit(world.change("k", "r", 0, "x"));
    world.until(Duration.ofSeconds(1), "an answer", answer::isDone);
    assertThat(failure(answer).kind()).isEqualTo(NotCommitted.Kind.NOT_LEADER);
    assertThat(failure(answer).leader()).contains(leader);
  }

  @Test
  void leaderThatIsCutOffAnswersUnknownWithinTheDeadline() {
    world.startAll();
    String leader = world.awaitInSync(3);
    world.isolate(leader);
    Replica replica = world.replica(leader);
    CompletableFuture<Committed> answer = replica.commit(world.change("k", "r", 0, "x"));
    world.until(Duration.ofMillis(2_200), "an answer", answer::isDone);
    assertThat(failure(answer).kind()).isEqualTo(NotCommitted.Kind.UNKNOWN);
    assertThat(failure(answer))
        .hasMessage(World.GROUP + ": its leader changed before a majority was known to have it");
  }

  @Test
  void tooMuchAtOnceIsBusyAndNotAppended() {
    world.startAll();
    String leader = world.awaitInSync(3);
    world.isolate(leader);
    List<CompletableFuture<Committed>> answers = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      answers.add(world.replica(leader).commit(world.change("k" + i, "r", 0, "x")));
    }
    world.run(Duration.ofMillis(50));
    List<CompletableFuture<Committed>> refused =
        answers.stream().filter(CompletableFuture::isDone).toList();
    assertThat(refused)
        .hasSizeGreaterThan(400)
        .allMatch(answer -> failure(answer).kind() == NotCommitted.Kind.BUSY);
  }

  @Test
  void stepsThatWaitTogetherAreForcedTogether() {
    world.startAll();
    String leader = world.awaitInSync(3);
    int before = forces();
    List<CompletableFuture<Committed>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(world.replica(leader).commit(world.change("k" + i, "r", 0, "x")));
    }
    answers.forEach(world::await);
    world.awaitCaughtUp();
    System.out.printf("forces of 3 servers for 500 steps at once: %d%n", forces() - before);
    assertThat(forces() - before).isLessThan(40);
  }

  private int forces() {
    return world.servers.values().stream().mapToInt(server -> server.disk.forces()).sum();
  }

  private static Change telling(Change change, List<OutgoingNotice> notices) {
    return new Change(
        change.key(),
        change.requestId(),
        change.fingerprint(),
        change.expectedVersion(),
        change.nextState(),
        change.reply(),
        notices,
        change.at());
  }

  /** Gives the server that led. */
  private String twoNoticesWait() {
    world.startAll();
    String leader = world.awaitInSync(3);
    List<OutgoingNotice> notices =
        List.of(
            new OutgoingNotice("other", 1, "other", new byte[] {1}, "n1", new byte[0]),
            new OutgoingNotice("other", 2, "other", new byte[] {2}, "n2", new byte[0]));
    world.await(world.replica(leader).commit(telling(world.change("k", "r1", 0, "x"), notices)));
    return leader;
  }

  @Test
  void noticesWaitInTheOutboxUntilTheyAreDeliveredEverywhere() {
    String leader = twoNoticesWait();
    assertThat(world.server(leader).outboxes).containsOnly(World.GROUP).isNotEmpty();
    assertThat(world.replica(leader).outbox(0, 10))
        .extracting(waiting -> waiting.notice().requestId())
        .containsExactly("n1", "n2");
    world.await(world.replica(leader).delivered(List.of(1L)));
    for (String server : World.SERVERS) {
      Replica replica = world.replica(server);
      world.until(Duration.ofSeconds(2), "one is left", () -> replica.outbox(0, 10).size() == 1);
      assertThat(replica.outbox(0, 10).getFirst().number()).isEqualTo(2);
    }
  }

  @Test
  void newLeaderIsToldWhatWaitsInItsOutbox() {
    String leader = twoNoticesWait();
    world.awaitCaughtUp();
    world.kill(leader);
    world.evidence(leader);
    world.run(Duration.ofSeconds(2));
    assertThat(world.server(world.awaitLeader()).outboxes).isNotEmpty();
  }

  @Test
  void fullOutboxRefusesAStepWithNotices() {
    world.limits = GroupLimits.USUAL.withOutbox(1);
    world.startAll();
    String leader = world.awaitInSync(3);
    OutgoingNotice notice = new OutgoingNotice("other", 1, "other", new byte[0], "n", new byte[0]);
    Change telling = telling(world.change("k", "r1", 0, "x"), List.of(notice, notice));
    assertThat(world.await(world.replica(leader).commit(telling)))
        .isEqualTo(new Committed.OutboxFull(1));
  }

  @Test
  void changeThatIsTooLargeIsRefusedAtOnce() {
    world.startAll();
    String leader = world.awaitInSync(3);
    Change large = world.change("k", "r", 0, "x".repeat(100_000));
    assertThatThrownBy(() -> world.replica(leader).commit(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "a change of tax-desk/0: \\d+ bytes encoded, at most 163840: keep less state under"
                + " one key");
  }

  @Test
  void largeStatesTravelInFramesThatTheCarrierTakesAlsoInSnapshots() {
    world.limits = GroupLimits.USUAL.withSnapshotEvery(20);
    int[] largest = {0};
    world.lossy =
        (_, frame) -> {
          largest[0] = Math.max(largest[0], frame.length);
          return false;
        };
    world.startAll();
    String leader = world.awaitInSync(3);
    String lagging = another(leader);
    world.isolate(lagging);
    List<CompletableFuture<Committed>> answers = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      Change change = world.change("k" + i, "r", 0, "s".repeat(20_000));
      answers.add(world.replica(leader).commit(change));
    }
    answers.forEach(world::await);
    world.run(Duration.ofSeconds(1));
    world.heal();
    world.awaitInSync(3);
    world.awaitCaughtUp();
    assertThat(world.replica(lagging).applied("k69").version()).isEqualTo(1);
    assertThat(largest[0]).isGreaterThan(50_000).isLessThanOrEqualTo(Carrier.FRAME_LIMIT);
  }

  @Test
  void groupsOfAServerShareFrames() {
    List<GroupPlan> plans = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      plans.add(new GroupPlan(new GroupId("tax-desk", i), World.SERVERS));
    }
    world.plans = plans;
    int[] most = {0};
    world.lossy =
        (_, frame) -> {
          most[0] = Math.max(most[0], RaftEnvelope.unframe(frame).size());
          return false;
        };
    world.startAll();
    world.awaitInSync(3);
    assertThat(most[0]).isGreaterThan(1);
  }

  @Test
  void groupsOfOtherServersAreNotOpened() {
    world.plans =
        List.of(
            new GroupPlan(World.GROUP, World.SERVERS),
            new GroupPlan(new GroupId("archive", 0), List.of("a2", "b2", "c2")));
    Replicas replicas = world.start("a1");
    assertThat(replicas.statuses()).hasSize(1);
    assertThatThrownBy(() -> replicas.group(new GroupId("archive", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group archive/0: this server has no member of it, only of [tax-desk/0]");
  }

  @Test
  void malformedAndForgedFramesAreDroppedAndCounted() {
    world.startAll();
    world.awaitInSync(3);
    Replicas replicas = java.util.Objects.requireNonNull(world.server("a1").replicas);
    replicas.receive("b1", new byte[] {1, 2, 3});
    assertThat(replicas.malformedFrames()).isEqualTo(1);
    BootstrapState.BootstrapMessage hello =
        new BootstrapState.BootstrapMessage(
            BootstrapState.Stage.EMPTY, new Endpoint("c1#x"), Optional.empty());
    RaftEnvelope forged =
        new RaftEnvelope(World.GROUP, RaftEnvelope.Kind.BIRTH, "", BootstrapCodec.encode(hello));
    replicas.receive("b1", RaftEnvelope.frame(List.of(forged)));
    assertThat(replicas.malformedFrames()).isEqualTo(2);
    assertThat(world.write("k", "r", 0, "x")).isEqualTo(1);
  }

  @Test
  void messagesOfAnotherBirthOfTheGroupAreNotHeard() {
    world.startAll();
    String leader = world.awaitInSync(3);
    long term = world.status(leader).orElseThrow().term();
    var vote = Bench.vote(new Endpoint(another(leader) + "#x"), 99, 99, 99);
    byte[] payload;
    try {
      payload =
          MessageCodec.encode(vote, io.hormesis.storage.FlatFileStore.open(new MemoryDisk(), "s"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    RaftEnvelope stray = new RaftEnvelope(World.GROUP, RaftEnvelope.Kind.RAFT, "another", payload);
    java.util.Objects.requireNonNull(world.server(leader).replicas)
        .receive(another(leader), RaftEnvelope.frame(List.of(stray)));
    world.run(Duration.ofSeconds(1));
    assertThat(world.status(leader).orElseThrow().term()).isEqualTo(term);
  }

  @Test
  void closedReplicasAnswerNothingMore() {
    world.startAll();
    String leader = world.awaitInSync(3);
    Replica replica = world.replica(leader);
    CompletableFuture<Committed> answer = replica.commit(world.change("k", "r", 0, "x"));
    java.util.Objects.requireNonNull(world.server(leader).replicas).close();
    world.run(Duration.ofSeconds(3));
    assertThat(answer).isCompletedExceptionally();
    assertThat(failure(replica.read("k")).kind()).isEqualTo(NotCommitted.Kind.FAULTED);
  }

  @Test
  void sameSeedGivesTheSameHistory() {
    assertThat(history(5)).isEqualTo(history(5)).isNotEqualTo(history(6));
  }

  private static List<String> history(long seed) {
    World arena = new World(seed);
    List<String> history = new ArrayList<>();
    arena.lossy =
        (link, frame) -> {
          history.add(
              "%d %s %08x"
                  .formatted(arena.clock().nanos(), link, java.util.Arrays.hashCode(frame)));
          return false;
        };
    arena.startAll();
    arena.write("k", "r1", 0, "one");
    arena.kill("a1");
    arena.evidence("a1");
    arena.write("k", "r2", 1, "two");
    arena.start("a1");
    arena.awaitInSync(3);
    history.add("forces " + arena.server("a1").disk.forces());
    return history;
  }
}
