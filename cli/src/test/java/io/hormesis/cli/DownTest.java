package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which process is stopped, and which never is. */
final class DownTest {
  private static final ProcessMark GONE = new ProcessMark(1, "an earlier boot/1");

  @TempDir Path data;
  private Process other;

  @BeforeEach
  void start() throws IOException {
    BadCommandLineTest.mark(data, "small");
    other = new ProcessBuilder("cat").start();
  }

  @AfterEach
  void end() {
    other.destroyForcibly();
  }

  @Test
  void theProcessThatKeepsTheSystemIsStoppedAndWaitedFor() throws Exception {
    KeeperRecord.of(mark(other)).write(data);
    Typed typed = down();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isZero();
    assertThat(typed.out().lines())
        .containsExactly("stopping small (process %d)".formatted(other.pid()), "small is stopped");
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(other.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void whereNothingRunsThereIsNothingToStop() {
    Typed typed = down();
    assertThat(typed.status()).isZero();
    assertThat(typed.out().strip())
        .isEqualTo("nothing of small runs on %s: there is nothing to stop".formatted(data));
  }

  @Test
  void aProcessThatGotTheNumberAfterARestartOfTheMachineIsLeftAlone() throws Exception {
    KeeperRecord.of(new ProcessMark(other.pid(), "an earlier boot/1")).write(data);
    Typed typed = down();
    assertThat(typed.status()).isZero();
    assertThat(typed.out().strip())
        .isEqualTo(
            "nothing of small runs on %s: there is nothing to stop (process %d, which kept it, was killed, or the machine was started again)"
                .formatted(data, other.pid()));
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void theServersOfAKilledLauncherAreWaitedFor() throws Exception {
    new KeeperRecord(1, GONE, true, Map.of("a1", mark(other))).write(data);
    other.getOutputStream().close();
    assertThat(down().out()).contains("there is nothing to stop");
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aRecordOfAnotherUserStopsNobody() throws Exception {
    KeeperRecord.of(mark(other)).write(data);
    Path file = KeeperRecord.file(data);
    var users = file.getFileSystem().getUserPrincipalLookupService();
    assumeTrue(Files.getOwner(file).getName().equals("root"), "only root may give a file away");
    Files.setOwner(file, users.lookupPrincipalByName("nobody"));
    BadCommandLineTest.refused(
        down(),
        "%s must belong to the user who runs process %d, but belongs to nobody and the process to root: nothing was stopped; look at both, and stop the right one by hand"
            .formatted(file, other.pid()));
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void aFolderWithoutASystemIsRefused(@TempDir Path empty) {
    BadCommandLineTest.refused(
        Typed.line("down", "--data", empty),
        "data folder %s must hold a system, but holds none: start one with ./hormesis up, or name its folder with --data DIR"
            .formatted(empty));
  }

  private Typed down() {
    return Typed.line("down", "--data", data);
  }

  private static ProcessMark mark(Process process) {
    return ProcessMark.of(process.pid()).orElseThrow();
  }
}
