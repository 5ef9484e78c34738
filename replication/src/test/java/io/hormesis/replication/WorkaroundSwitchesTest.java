package io.hormesis.replication;

import static io.hormesis.replication.Bench.A;
import static io.hormesis.replication.Bench.C;
import static io.hormesis.replication.Bench.append;
import static io.hormesis.replication.Bench.entries;
import static io.hormesis.replication.Bench.install;
import static io.hormesis.replication.Bench.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microraft.RaftNode;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.VoteResponse;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each defect of MicroRaft 0.7 that is known, with its cure and without it. */
class WorkaroundSwitchesTest {

  // L1: after a restart the log begins behind the snapshot, and the leader asks for its index.

  private static Bench withSnapshotAtTenAndThreeEntriesBehind(Bench bench) {
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 13, 1), 10));
    bench.restart();
    var _ = bench.said();
    bench.receive(append(C, 2, 10, 1, entries(11, 14, 1), 10));
    return bench;
  }

  @Test
  void followerAcceptsEntriesRightBehindItsSnapshot() {
    Bench bench = withSnapshotAtTenAndThreeEntriesBehind(Bench.withAllCures());
    assertThat(bench.said(AppendEntriesSuccessResponse.class))
        .hasValueSatisfying(response -> assertThat(response.getLastLogIndex()).isEqualTo(11));
    bench.receive(append(C, 2, 11, 1, entries(12, 14, 1), 14));
    assertThat(bench.said(AppendEntriesSuccessResponse.class))
        .hasValueSatisfying(response -> assertThat(response.getLastLogIndex()).isEqualTo(14));
    assertThat(bench.running().node().state().commitIndex()).isEqualTo(14);
  }

  @Test
  void withoutThePreviousIndexGuardItRefusesThemForEver() {
    Bench bench = withSnapshotAtTenAndThreeEntriesBehind(Bench.without("previousIndexGuard"));
    assertThat(bench.said(AppendEntriesFailureResponse.class)).isPresent();
  }

  @Test
  void previousIndexGuardAlsoReplacesAConflictingEntryBehindTheSnapshot() {
    Bench bench = Bench.withAllCures();
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 13, 1), 10));
    bench.restart();
    bench.receive(append(C, 2, 9, 1, entries(10, 10, 1), 10));
    bench.receive(append(C, 2, 10, 1, entries(11, 11, 2), 10));
    assertThat(bench.running().node().state().log().lastLogOrSnapshotEntry().getTerm())
        .isEqualTo(2);
    assertThat(bench.running().node().state().log().lastLogOrSnapshotIndex()).isEqualTo(11);
  }

  // L2: a follower in pre-vote hears a leader of its own term, then the leader dies.

  private static boolean standsAfterItsLeaderDied(Bench bench) {
    bench.start();
    bench.receive(append(A, 1, 0, 0, List.of(), 0)); // moves to term 1
    bench.restart(); // and is in pre-vote at once
    bench.receive(append(A, 1, 0, 0, List.of(), 0));
    bench.world.run(Duration.ofSeconds(1));
    var _ = bench.said();
    bench.world.run(Duration.ofSeconds(10));
    return bench.said(PreVoteRequest.class).isPresent();
  }

  @Test
  void followerStandsForElectionAfterALeaderThatItHeardInPreVote() {
    assertThat(standsAfterItsLeaderDied(Bench.withAllCures())).isTrue();
  }

  @Test
  void withoutTheRestartInPlaceItNeverStandsAgain() {
    assertThat(standsAfterItsLeaderDied(Bench.without("restartInPlace"))).isFalse();
  }

  // L3: a longer log of a lower term and a shorter one of a higher term, the third member dead.

  private static World withTermsApart(WorkaroundSwitches switches) {
    World world = new World(3);
    world.switches = switches;
    world.startAll();
    world.write("k", "r1", 0, "one");
    world.awaitCaughtUp();
    World.SERVERS.forEach(world::kill);
    lengthen(world, "a1", 3);
    raiseTerm(world, "b1", 5);
    world.start("a1");
    world.start("b1");
    return world;
  }

  private static GroupStore store(World world, String server) throws IOException {
    return GroupStore.open(
        world.server(server).disk, "replication/tax-desk-0", 1000, WorkaroundSwitches.ALL, _ -> {});
  }

  private static void lengthen(World world, String server, int by) {
    unchecked(() -> {
      GroupStore store = store(world, server);
      long last = store.journal().entriesFrom(1).size();
      int term = store.journal().entriesFrom(1).getLast().getTerm();
      store.persistLogEntries(entries(last + 1, last + by, term));
      store.flush();
    });
  }

  private static void raiseTerm(World world, String server, int by) {
    unchecked(() -> {
      GroupStore store = store(world, server);
      int term = store.journal().term().term() + by;
      store.journal().append(new JournalRecord.Term(term, java.util.Optional.empty()));
      store.journal().force();
    });
  }

  private static void unchecked(GroupStore.Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void membersWhoseTermsAreApartElectALeader() {
    World world = withTermsApart(WorkaroundSwitches.ALL);
    assertThat(world.awaitLeader()).isEqualTo("a1");
  }

  @Test
  void withoutTheTermGuardTheyRefuseEachOtherForEver() {
    World world = withTermsApart(WorkaroundSwitches.without("termGuard"));
    world.run(Duration.ofSeconds(60));
    assertThat(world.leader()).isEmpty();
  }

  // L4: half of a newer snapshot is there, and the present leader offers an older one.

  private static boolean takesTheSnapshotOfThePresentLeader(Bench bench) {
    bench.start();
    bench.receive(install(A, 1, 100, 1, -1, 2));
    bench.receive(install(A, 1, 100, 1, 0, 2));
    for (int i = 0; i < 40; i++) {
      bench.receive(install(C, 2, 50, 1, -1, 1));
      bench.world.run(Duration.ofMillis(100));
    }
    var _ = bench.said();
    bench.receive(install(C, 2, 50, 1, -1, 1));
    return bench.said(InstallSnapshotResponse.class).isPresent();
  }

  @Test
  void followerWithHalfASnapshotTakesAnotherOne() {
    assertThat(takesTheSnapshotOfThePresentLeader(Bench.withAllCures())).isTrue();
  }

  @Test
  void withoutTheRestartInPlaceItIgnoresAllOffers() {
    assertThat(takesTheSnapshotOfThePresentLeader(Bench.without("restartInPlace"))).isFalse();
  }

  @Test
  void slowButMovingSnapshotIsNotInterrupted() {
    Bench bench = Bench.withAllCures();
    bench.start();
    for (int chunk = 0; chunk < 8; chunk++) {
      bench.receive(install(A, 1, 100, 1, chunk, 8));
      bench.world.run(Duration.ofSeconds(1));
    }
    assertThat(bench.running().node().state().commitIndex()).isEqualTo(100);
  }

  // L5: chunks are asked of the leader only.

  private static List<String> askedForChunks(WorkaroundSwitches switches) {
    World world = new World(5);
    world.switches = switches;
    world.limits = GroupLimits.USUAL.withSnapshotEvery(10);
    List<String> asked = new ArrayList<>();
    world.startAll();
    String leader = world.awaitInSync(3);
    String lagging = leader.equals("c1") ? "b1" : "c1";
    world.isolate(lagging);
    for (int i = 0; i < 25; i++) {
      world.write("k", "r" + i, i, "state " + i);
    }
    world.lossy =
        (_, frame) -> {
          World.messages(frame)
              .filter(InstallSnapshotRequest.class::isInstance)
              .flatMap(it -> ((InstallSnapshotRequest) it).getSnapshottedMembers().stream())
              .forEach(member -> asked.add(RaftCodec.endpoint(member).server()));
          return false;
        };
    world.run(Duration.ofSeconds(1));
    world.heal();
    world.awaitInSync(3);
    assertThat(asked).as("offers of a snapshot").isNotEmpty();
    asked.removeIf(server -> server.equals(world.leader().orElseThrow()));
    return asked;
  }

  @Test
  void snapshotsComeFromTheLeaderOnly() {
    assertThat(askedForChunks(WorkaroundSwitches.ALL)).isEmpty();
  }

  @Test
  void withoutThatSettingFollowersAreNamedAsSources() {
    assertThat(askedForChunks(WorkaroundSwitches.without("snapshotsFromLeaderOnly"))).isNotEmpty();
  }

  // S1: a force fails; the leader sends the same entries again.

  private static Bench withAFailedForce(Bench bench) {
    bench.start();
    bench.receive(append(A, 1, 0, 0, List.of(), 0));
    var _ = bench.said();
    bench.disk.failForces(1);
    bench.receive(append(A, 1, 0, 0, entries(1, 1, 1), 0));
    assertThat(bench.said()).isEmpty();
    bench.receive(append(A, 1, 0, 0, entries(1, 1, 1), 0));
    return bench;
  }

  @Test
  void firstErrorOfTheStoreEndsTheServerAndNothingIsConfirmedAfterIt() {
    Bench bench = withAFailedForce(Bench.withAllCures());
    assertThat(bench.said()).isEmpty();
    assertThat(bench.failures).singleElement().isInstanceOf(IOException.class);
  }

  @Test
  void withoutThatEntriesAreConfirmedThatWereNeverForced() {
    Bench bench = withAFailedForce(Bench.without("stopAtFirstStoreError"));
    assertThat(bench.said(AppendEntriesSuccessResponse.class)).isPresent();
  }

  @Test
  void serverWhoseStoreFailsTellsItOnceAndAnswersNoCallAsDone() {
    World world = new World(7);
    world.startAll();
    world.write("k", "r1", 0, "one");
    String leader = world.awaitInSync(3);
    world.server(leader).disk.failForces(1);
    Replica replica = world.replica(leader);
    CompletableFuture<Committed> answer = replica.commit(world.change("k", "r2", 1, "two"));
    world.run(Duration.ofSeconds(3));

    assertThat(world.server(leader).storeFailures).hasSize(1);
    assertThat(answer).isCompletedExceptionally();
    assertThatThrownBy(replica.commit(world.change("k", "r3", 1, "three"))::join)
        .hasCauseInstanceOf(NotCommitted.class);
  }

  // S2: MicroRaft wants the chunks of a complete snapshot deleted.

  private static GroupStore withItsSnapshotOrderedAway(MemoryDisk disk, WorkaroundSwitches switches)
      throws IOException {
    GroupStore store = GroupStore.open(disk, "b1", 1000, switches, _ -> {});
    store.begin(World.GROUP, Bench.BIRTH, Bench.B, Bench.MEMBERS);
    var chunk = install(A, 1, 20, 1, 0, 1).getSnapshotChunk();
    store.persistSnapshotChunk(java.util.Objects.requireNonNull(chunk));
    store.flush();
    store.deleteSnapshotChunks(20, 1);
    store.close();
    return GroupStore.open(disk, "b1", 1000, switches, _ -> {});
  }

  @Test
  void completeSnapshotIsNeverDeletedOnOrder() throws IOException {
    GroupStore store = withItsSnapshotOrderedAway(new MemoryDisk(), WorkaroundSwitches.ALL);
    var snapshot = store.restore(new ReplicatedState()).getSnapshotEntry();
    assertThat(java.util.Objects.requireNonNull(snapshot).getIndex()).isEqualTo(20);
  }

  @Test
  void withoutThatTheMemberLosesItsState() throws IOException {
    GroupStore store =
        withItsSnapshotOrderedAway(new MemoryDisk(), WorkaroundSwitches.without("keepOwnSnapshot"));
    assertThatThrownBy(() -> store.restore(new ReplicatedState()))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("checkpoint 20 is damaged");
  }

  // S4: entries of an old term stand behind an installed snapshot of a newer one.

  private static boolean votesForAShorterTruth(Bench bench, boolean restarted) {
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 8, 1), 0));
    bench.receive(install(C, 3, 5, 3, -1, 1));
    bench.receive(install(C, 3, 5, 3, 0, 1));
    assertThat(bench.running().node().state().commitIndex()).isEqualTo(5);
    if (restarted) {
      bench.restart();
    }
    var _ = bench.said();
    bench.receive(vote(A, 4, 8, 1)); // A never heard of the snapshot's term
    return bench.said(VoteResponse.class).orElseThrow().isGranted();
  }

  @Test
  void entriesThatConflictWithAnInstalledSnapshotDoNotCount() {
    assertThat(votesForAShorterTruth(Bench.withAllCures(), false)).isFalse();
    assertThat(votesForAShorterTruth(Bench.withAllCures(), true)).isFalse();
  }

  @Test
  void withoutThatAMemberVotesForOneThatMissesCommittedEntries() {
    assertThat(votesForAShorterTruth(Bench.without("dropConflictingTail"), false)).isTrue();
    assertThat(votesForAShorterTruth(Bench.without("dropConflictingTail"), true)).isTrue();
  }

  @Test
  void entriesThatContinueAnInstalledSnapshotStay() {
    Bench bench = Bench.withAllCures();
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 8, 1), 0));
    bench.receive(install(A, 1, 5, 1, -1, 1));
    bench.receive(install(A, 1, 5, 1, 0, 1));
    assertThat(bench.running().node().state().log().lastLogOrSnapshotIndex()).isEqualTo(8);
    bench.restart();
    assertThat(bench.running().node().state().log().lastLogOrSnapshotIndex()).isEqualTo(8);
  }

  // S5: the assertions of MicroRaft, in a class loader of their own where they are on.

  private static boolean assertionsAreOn(boolean cured) throws Exception {
    URL jar = RaftNode.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, parent)) {
      loader.setPackageAssertionStatus("io.microraft", true);
      if (cured) {
        Replicas.turnAssertionsOff(loader);
      }
      return loader.loadClass("io.microraft.RaftRole").desiredAssertionStatus();
    }
  }

  @Test
  void assertionsOfMicroRaftAreOffEvenWhereAllAreOn() throws Exception {
    assertThat(assertionsAreOn(true)).isFalse();
    assertThat(assertionsAreOn(false)).isTrue();
    new World(1).startAll();
    assertThat(io.microraft.impl.RaftNodeImpl.class.desiredAssertionStatus()).isFalse();
  }

  // S6: a message to a leader that is not known any more.

  private static NodeTransport transport(WorkaroundSwitches switches) throws IOException {
    Bench bench = Bench.with(switches);
    FrameBatcher sending =
        new FrameBatcher(bench.world.strands(() -> true).open("x"), (_, _) -> {}, new Stopped());
    Heartbeats heartbeats = new Heartbeats(new TestClock(), Duration.ofMillis(200));
    return new NodeTransport(
        World.GROUP, Bench.BIRTH, bench.store(), sending, switches, heartbeats);
  }

  @Test
  void messageToNobodyIsIgnored() throws IOException {
    transport(WorkaroundSwitches.ALL).send(null, vote(A, 1, 0, 0));
    NodeTransport uncured = transport(WorkaroundSwitches.without("ignoreMissingTarget"));
    assertThatThrownBy(() -> uncured.send(null, vote(A, 1, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
