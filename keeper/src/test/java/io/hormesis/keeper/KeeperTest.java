package io.hormesis.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightFile;
import io.hormesis.storage.InFlightRequest;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keeper and the processes that it starts. */
@Tag("slow")
final class KeeperTest {
  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d";

  @TempDir Path data;

  @Test
  void everyServerIsAProcessWithAFolderAndALogOfItsOwn() throws Exception {
    try (Town town = Town.of(data, 3).awaitReady()) {
      assertThat(town.pids).doesNotHaveDuplicates().hasSize(3).allMatch(Town::runs);
      for (ServerProcess kept : town.keeper.servers()) {
        ServerSettings settings = town.settings(kept.server(), kept.pid());
        assertThat(settings.server()).isEqualTo(kept.server());
        assertThat(settings.system()).isEqualTo("4711");
        assertThat(settings.data()).isEqualTo(data.resolve(kept.server()));
        assertThat(kept.incarnation()).isEqualTo(1);
        assertThat(Files.readString(data.resolve(kept.server() + ".log")))
            .contains("a line of the log of " + kept.server());
      }
    }
  }

  @Test
  void aKilledServerIsStartedAgainAndTheLivingAreToldOfItsEnd() throws Exception {
    try (Town town = Town.of(data, 3).awaitReady()) {
      long killed = town.server("a1").pid();
      long b1 = town.server("b1").pid();

      assertThat(town.keeper.kill("a1")).isTrue();
      assertThat(Town.runs(killed)).isFalse();
      town.awaitTold("a1 ended 137 as expected");
      Town.awaitThat("a1 is back", () -> town.server("a1").incarnation() == 2);
      town.awaitReady();

      ServerProcess back = town.server("a1");
      assertThat(back.pid()).isNotEqualTo(killed);
      assertThat(town.settings("a1", back.pid()).servers())
          .isEqualTo(town.settings("a1", killed).servers());
      long ended = town.settings("a1", killed).incarnation();
      assertThat(town.settings("a1", back.pid()).incarnation()).isNotEqualTo(ended);
      KeeperCommand word = new KeeperCommand.ProcessEnded("a1", ended);
      Town.awaitThat("b1 is told", () -> town.words("b1", b1).contains(word));
      assertThat(town.server("b1").pid()).isEqualTo(b1);
    }
  }

  @Test
  void whatIsNotThereCannotBeKilled() throws Exception {
    try (Town town = Town.of(data, 1).awaitReady()) {
      assertThat(town.keeper.kill("z9")).isFalse();
      town.keeper.close();
      assertThat(town.keeper.kill("a1")).isFalse();
      assertThat(town.keeper.servers()).isEmpty();
    }
  }

  @Test
  void aServerThatEndsTooOftenIsTriedAgainMoreSlowlyAndTheOthersGoOn() throws Exception {
    try (Town town = Town.of(data, 2, "crash:b1")) {
      String given =
          "b1 is given up: it must not end more than 5 times within 40 s, but did; at last its process ended with status 1: see \\Q%s\\E; it is tried again at %s"
              .formatted(data.resolve("b1.log"), TIME);
      town.awaitToldLike(given);
      assertThat(town.told.stream().filter("b1 ended 1"::equals)).hasSize(6);
      assertThat(town.server("b1").state()).isEqualTo(ServerState.DEAD);
      assertThat(town.server("a1").state()).isEqualTo(ServerState.READY);
      Town.awaitThat("b1 is tried again", () -> town.server("b1").incarnation() == 7);
      Town.awaitThat(
          "it is told again",
          () -> town.told.stream().filter(it -> it.startsWith("b1 is given up")).count() == 2);
      String reason = town.server("b1").reason();
      assertThat("b1 is given up: " + reason).matches(given);
      Town.awaitThat(
          "a1 knows why",
          () ->
              town.words("a1", town.server("a1").pid())
                  .contains(new KeeperCommand.ServerDown("b1", reason)));
    }
  }

  @Test
  void aServerThatCannotStartIsTriedAgainLaterAndItsReasonIsTold() {
    try (Town town = Town.of(data, 2, "mended:b1")) {
      town.awaitToldLike("b1 is given up: port 1 is in use; it is tried again at " + TIME);
      assertThat(town.server("b1").incarnation()).isEqualTo(1);
      assertThat(town.server("b1").reason()).startsWith("port 1 is in use; it is tried again at ");
      Town.awaitThat("b1 is ready", () -> town.server("b1").state() == ServerState.READY);
      assertThat(town.server("b1").incarnation()).isEqualTo(2);
    }
  }

  @Test
  void theLastWordOfAServerThatRanForLongIsHeardBeforeItsKeeperDecides() {
    try (Town town = Town.of(data, 2, "late:b1")) {
      town.awaitToldLike("b1 is given up: port 1 is in use; it is tried again at " + TIME);
      assertThat(town.server("b1").incarnation()).isEqualTo(1);
    }
  }

  @Test
  void theRequestsUnderWhichAServerEndsAreNamed() throws Exception {
    try (Town town = Town.of(data, 2, "halt:b1")) {
      String request = "loans Loans.Lend (trace 4bf92f3577b34da6a3ce929d0e0e4736)";
      town.awaitTold("b1 ran " + request);
      String why = "its process ended with status 7 while it ran " + request;
      town.awaitToldLike("b1 is given up: .*; at last \\Q" + why + "\\E: see .*");
      Town.awaitThat(
          "a1 is told",
          () ->
              town.words("a1", town.server("a1").pid())
                  .contains(new KeeperCommand.ServerDown("b1", why)));
    }
  }

  @Test
  void ofAServerThatIsKilledNoRequestIsBlamed() throws Exception {
    try (Town town = Town.of(data, 2).awaitReady()) {
      InFlightFile.open(data.resolve("b1")).begin(FakeServer.REQUEST);
      town.keeper.kill("b1");
      Town.awaitThat("b1 is back", () -> town.server("b1").incarnation() == 2);
      assertThat(town.told).noneMatch(it -> it.contains(" ran "));
      assertThat(InFlightFile.read(data.resolve("b1"))).isEmpty();
    }
  }

  @Test
  void aServerThatStartsIsToldWhoIsDownAndWhy() throws Exception {
    try (Town town = Town.of(data, 2, "crash:b1")) {
      town.awaitToldLike("b1 is given up: .*");
      String reason = town.server("b1").reason();
      town.keeper.kill("a1");
      Town.awaitThat("a1 is back", () -> town.server("a1").state() == ServerState.READY);
      Town.awaitThat(
          "the new a1 knows",
          () ->
              town.words("a1", town.server("a1").pid())
                  .contains(new KeeperCommand.ServerDown("b1", reason)));
    }
  }

  @Test
  void aServerThatEndsOnAFullDiskWaitsForSpaceHoweverLongAndIsThenStartedAgain() throws Exception {
    AtomicLong free = new AtomicLong(FreeSpace.FULL_BYTES - 1);
    try (Town town = Town.on(_ -> free.get(), data, 3, "crash:b1", "hopeless:c1")) {
      for (String server : List.of("b1", "c1")) {
        String reason =
            "data folder %s must have 64 MiB of free space, but has 3 MiB: free some, and it is started again"
                .formatted(data.resolve(server));
        town.awaitTold(server + " waits: " + reason);
        assertThat(town.server(server))
            .isEqualTo(new ServerProcess(server, 0, 1, ServerState.DEAD, reason));
      }
      assertThat(town.told).noneMatch(it -> it.contains("given up"));
      free.set(FreeSpace.LEAST_BYTES);
      Town.awaitThat("b1 is started again", () -> town.server("b1").incarnation() > 1);
      // With room on the disk its ends have another cause, and the limit counts them.
      town.awaitToldLike("c1 is given up: port 1 is in use; it is tried again at " + TIME);
    }
  }

  @Test
  void aServerThatIsKilledOnAFullDiskIsStartedAgainAtOnce() throws Exception {
    try (Town town = Town.on(_ -> 0, data, 2).awaitReady()) {
      town.keeper.kill("b1");
      Town.awaitThat("b1 is back", () -> town.server("b1").incarnation() == 2);
      assertThat(town.told).noneMatch(it -> it.contains("waits"));
    }
  }

  @Test
  void aProgramThatIsNotThereIsGivenUp() {
    KeeperPlan plan = Town.plan(data, 1, List.of());
    KeeperPlan wrong =
        new KeeperPlan(
            plan.system(),
            Path.of("/proc/no such folder"),
            plan.application(),
            plan.servers(),
            plan.command(),
            KeeperPlan.STOP_WITHIN,
            true);
    List<String> reasons = new CopyOnWriteArrayList<>();
    try (Keeper _ =
        Keeper.start(
            wrong,
            new Silent() {
              @Override
              public void givenUp(String server, String reason) {
                reasons.add(reason);
              }
            })) {
      Town.awaitThat("it is given up", () -> !reasons.isEmpty());
      assertThat(reasons.getFirst()).startsWith("it cannot be started: ");
    }
  }

  @Test
  void closingStopsInOrderAndLeavesNothing() throws Exception {
    try (Town town = Town.of(data, 2).awaitReady()) {
      town.keeper.close();
      assertThat(town.pids).hasSize(2).noneMatch(Town::runs);
      assertThat(town.words("a1", town.pids.getFirst())).contains(new KeeperCommand.Stop());
      town.keeper.close();
    }
  }

  @Test
  void closingLeavesNothingOfAServerThatHangs() {
    try (Town town = Town.of(data, 2, "deaf:b1")) {
      Town.awaitThat("a1 is ready", () -> town.server("a1").state() == ServerState.READY);
      town.keeper.close();
      assertThat(town.pids).hasSize(2).noneMatch(Town::runs);
    }
  }

  @Test
  void aListenerThatHangsKeepsNoServerAliveAndNobodyWaiting() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<Long> pids = new CopyOnWriteArrayList<>();
    KeeperListener hanging =
        new Silent() {
          @Override
          public void started(String server, long pid) {
            pids.add(pid);
            try {
              never.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Keeper keeper = Keeper.start(Town.plan(data, 1, List.of()), hanging);
    FutureTask<List<ServerProcess>> servers = new FutureTask<>(keeper::servers);
    FutureTask<Boolean> killed = new FutureTask<>(() -> keeper.kill("a1"));
    try {
      Town.awaitThat("it runs", () -> !pids.isEmpty());
      for (FutureTask<?> asked : List.of(servers, killed)) {
        Thread asking = Thread.ofPlatform().daemon().start(asked);
        Town.awaitThat("it waits", () -> asking.getState() == Thread.State.WAITING);
      }
    } finally {
      keeper.close();
    }
    assertThat(Town.runs(pids.getFirst())).isFalse();
    assertThat(servers.get(60, TimeUnit.SECONDS)).isEmpty();
    assertThat(killed.get(60, TimeUnit.SECONDS)).isFalse();
    never.countDown();
  }

  @Test
  void aServerDoesNotHearCtrlC() throws Exception {
    try (Town town = Town.of(data, 2).awaitReady()) {
      long a1 = town.server("a1").pid();
      for (String signal : List.of("-INT", "-HUP")) {
        new ProcessBuilder("kill", signal, Long.toString(a1)).inheritIO().start().waitFor();
      }
      town.keeper.kill("b1");
      Town.awaitThat("a1 still listens", () -> !town.words("a1", a1).isEmpty());
      assertThat(town.server("a1").pid()).isEqualTo(a1);
    }
  }

  @Test
  void aKilledKeeperLeavesNoServer() throws Exception {
    endKeeper(Process::destroyForcibly);
  }

  @Test
  void aKeeperThatIsToldToEndLeavesNoServer() throws Exception {
    endKeeper(Process::destroy);
  }

  @Test
  void aVeryLongLogIsPutAsideBeforeAServerStartsAndWhileItRuns() throws Exception {
    Path log = data.resolve("a1.log");
    byte[] large = new byte[9 * 1024 * 1024];
    Files.write(log, large);
    try (Town town = Town.of(data, 1).awaitReady()) {
      assertThat(data.resolve("a1.log.1")).hasSize(RollingLog.LARGEST_BYTES);
      assertThat(log).content().contains("a line of the log of a1");
      Files.write(log, large, StandardOpenOption.APPEND);
      Town.awaitThat("the log is put aside again", () -> Files.size(log) == 0);
      assertThat(data.resolve("a1.log.2")).hasSize(RollingLog.LARGEST_BYTES);
      assertThat(town.server("a1").state()).isEqualTo(ServerState.READY);
    }
  }

  private void endKeeper(Consumer<Process> how) throws Exception {
    List<String> command = new ArrayList<>(Town.java());
    command.addAll(List.of(KeeperProgram.class.getName(), data.toString()));
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Long> servers = List.of();
    try (BufferedReader out = program.inputReader(UTF_8)) {
      List<String> expected = new ArrayList<>(List.of("a1 ready", "b1 ready"));
      while (!expected.isEmpty()) {
        expected.remove(out.readLine());
      }
      servers = program.children().map(ProcessHandle::pid).toList();
      assertThat(servers).hasSize(2).allMatch(Town::runs);
      how.accept(program);
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      for (long pid : servers) {
        Town.awaitThat("no server is left", () -> !Town.runs(pid));
      }
    } finally {
      program.destroyForcibly();
      servers.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  /** A listener to whom nothing matters. */
  private abstract static class Silent implements KeeperListener {
    @Override
    public void started(String server, long pid) {}

    @Override
    public void ended(String server, long pid, int status, boolean expected) {}

    @Override
    public void endedWhileRunning(String server, List<InFlightRequest> requests) {}

    @Override
    public void state(String server, ServerState state, String reason) {}

    @Override
    public void waits(String server, String reason) {}

    @Override
    public void givenUp(String server, String reason) {}
  }
}
