package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who takes part in a group, and who must not. */
class GroupMembershipTest {

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

  @Test
  void groupIsNotBornBeforeAllItsFirstMembersAreThere() {
    world.start("a1");
    world.start("b1");
    world.run(Duration.ofSeconds(30));
    assertThat(world.status("a1"))
        .hasValueSatisfying(status -> {
          assertThat(status.role()).isEqualTo(Role.STARTING);
          assertThat(status.degraded()).isEqualTo("birth of tax-desk/0: waiting for [c1]");
        });
    assertThat(failure(world.replica("a1").read("k")).kind()).isEqualTo(NotCommitted.Kind.BUSY);
    world.start("c1");
    world.awaitInSync(3);
    assertThat(world.statuses()).allMatch(status -> status.degraded().isEmpty());
  }

  @Test
  void birthSurvivesLossAndLossOfPowerAtAnyTime() {
    for (long seed = 1; seed <= 30; seed++) {
      World bootstrap = new World(seed);
      bootstrap.lossy = (_, _) -> bootstrap.random.nextInt(3) == 0;
      bootstrap.startAll();
      for (int i = 0; i < 10; i++) {
        bootstrap.run(Duration.ofMillis(bootstrap.random.nextInt(150)));
        String server = World.SERVERS.get(bootstrap.random.nextInt(3));
        bootstrap.powerOff(server);
        bootstrap.start(server);
      }
      bootstrap.awaitInSync(3);
      assertThat(bootstrap.write("k", "r", 0, "x")).as("seed %d", seed).isEqualTo(1);
    }
  }

  @Test
  void wipedServerStaysOutAndSaysWhyWhileTheOthersGoOn() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    world.awaitInSync(3);
    world.kill("b1");
    world.server("b1").disk.wipe();
    world.start("b1");
    world.until(
        Duration.ofSeconds(5),
        "b1 is out",
        () -> world.status("b1").filter(s -> s.role() == Role.FAULTED).isPresent());
    assertThat(world.status("b1").orElseThrow().degraded())
        .startsWith("store of tax-desk/0 on b1 is empty while its group exists: ")
        .endsWith("it stays out of the group");
    assertThat(failure(world.replica("b1").read("k")).kind()).isEqualTo(NotCommitted.Kind.FAULTED);
    assertThat(world.write("k", "r2", 1, "two")).isEqualTo(2);

    world.kill("b1");
    world.start("b1"); // its disk is not quite empty any more, but it never voted
    world.run(Duration.ofSeconds(3));
    assertThat(world.status("b1").orElseThrow().role()).isEqualTo(Role.FAULTED);
  }

  @Test
  void wipedServerAndALaggingOneElectNobodyWhoMissesAWrite() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    world.awaitInSync(3);
    world.isolate("c1");
    world.run(Duration.ofMillis(600));
    world.write("k", "r2", 1, "two"); // on a1 and b1 only
    world.kill("a1");
    world.kill("b1");
    world.server("b1").disk.wipe();
    world.heal();
    world.start("b1");
    world.run(Duration.ofSeconds(30));
    assertThat(world.leader()).isEmpty();
    world.start("a1");
    assertThat(world.write("k", "r3", 2, "three")).isEqualTo(3);
  }

  @Test
  void damagedJournalKeepsTheMemberOut() {
    world.startAll();
    for (int i = 0; i < 5; i++) {
      world.write("k", "r" + i, i, "state " + i);
    }
    world.awaitCaughtUp();
    world.kill("c1");
    MemoryDisk disk = world.server("c1").disk;
    byte[] journal = disk.content("replication/tax-desk-0/journal");
    journal[100] ^= 1;
    disk.put("replication/tax-desk-0/journal", journal);
    world.start("c1");
    assertThat(world.status("c1").orElseThrow().role()).isEqualTo(Role.FAULTED);
    assertThat(world.status("c1").orElseThrow().degraded())
        .startsWith("store of tax-desk/0 on c1: replication/tax-desk-0/journal: the record at byte")
        .endsWith("what was forced is lost");
    assertThat(disk.content("replication/tax-desk-0/journal")).isEqualTo(journal);
    assertThat(world.write("k", "r9", 5, "more")).isEqualTo(6);
  }

  @Test
  void lostJournalOrLostBirthRecordKeepsTheMemberOut() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    world.awaitCaughtUp();
    for (String file : List.of("journal", "birth")) {
      world.kill("c1");
      MemoryDisk disk = world.server("c1").disk;
      byte[] content = disk.content("replication/tax-desk-0/" + file);
      disk.delete("replication/tax-desk-0/" + file);
      world.start("c1");
      assertThat(world.status("c1").orElseThrow().role()).as(file).isEqualTo(Role.FAULTED);
      assertThat(world.status("c1").orElseThrow().degraded()).contains("lost");
      disk.put("replication/tax-desk-0/" + file, content);
    }
  }

  @Test
  void storeOfAnotherSystemOrServerIsRefusedUntouched() {
    world.startAll();
    world.awaitInSync(3);
    world.kill("a1");
    MemoryDisk disk = world.server("a1").disk;
    List<String> before = disk.paths();
    world.system = "system-2";
    assertThatThrownBy(() -> world.start("a1"))
        .isInstanceOf(StoreRefused.class)
        .hasMessage(
            "store of a1: belongs to server a1 of system system-1, not of system system-2: give"
                + " each system a data folder of its own");
    assertThat(disk.paths()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "3, start the newer version again",
    "1, 'start the older version, or begin with an empty data folder'"
  })
  void storeOfAnotherFormatIsRefused(int version, String next) throws IOException {
    world.startAll();
    world.kill("a1");
    MemoryDisk disk = world.server("a1").disk;
    disk.delete("replication/store");
    byte[] other = new StoreSeal(version, "system-1", "a1").encode();
    new SmallFile(disk, "replication/store").write(other);
    assertThatThrownBy(() -> world.start("a1"))
        .isInstanceOf(StoreRefused.class)
        .hasMessage(
            "store of a1: written in format %d, this version knows 2: %s".formatted(version, next));
  }

  @Test
  void storeThatLostItsSealIsRefused() {
    world.startAll();
    world.kill("a1");
    world.server("a1").disk.delete("replication/store");
    assertThatThrownBy(() -> world.start("a1"))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessage(
            "store of a1: replication/store: lost, but there is a store of tax-desk/0: nobody knows"
                + " whose: put it back, or empty the folder");
  }

  @Test
  void groupThatIsPlannedOnOtherServersThanAtItsBirthStaysOut() {
    world.startAll();
    world.awaitInSync(3);
    world.kill("a1");
    world.plans = List.of(new GroupPlan(World.GROUP, List.of("b1", "a1", "c1")));
    world.start("a1");
    assertThat(world.status("a1").orElseThrow().role()).isEqualTo(Role.FAULTED);
    assertThat(world.status("a1").orElseThrow().degraded())
        .isEqualTo(
            "store of tax-desk/0 on a1: the group was born on [a1, b1, c1], but the plan names"
                + " [b1, a1, c1]: start it with the servers of its birth");
  }

  @Test
  void logThatDoesNotFitIntoTheLimitsKeepsTheMemberOut() {
    world.startAll();
    for (int i = 0; i < 40; i++) {
      world.write("k", "r" + i, i, "state " + i);
    }
    world.awaitCaughtUp();
    world.kill("c1");
    GroupLimits u = GroupLimits.USUAL;
    world.limits =
        new GroupLimits(
            10,
            20,
            u.batch(),
            u.outbox(),
            u.inboxFrames(),
            u.replyMemory(),
            u.entryBytes(),
            u.chunkBytes());
    world.start("c1");
    // The third member may not have heard of the last entry yet.
    assertThat(world.status("c1").orElseThrow().degraded())
        .matches(
            "store of tax-desk/0 on c1: its log has 4[01] entries, but the limits leave room for"
                + " 31: raise snapshotEvery from 10");
  }
}
