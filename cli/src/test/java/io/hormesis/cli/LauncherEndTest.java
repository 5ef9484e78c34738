package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.PortPlan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the launcher ends, nothing that it started is left. */
@Tag("slow")
final class LauncherEndTest {
  /** Servers notice a killed launcher within 5 s; the rest is for a busy machine. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void ctrlCLeavesNoProcessAndNoPort() throws Exception {
    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      assertThat(system.servers()).hasSize(6).allMatch(ProcessHandle::isAlive);
      signal(system, "INT");
      assertThat(system.exitStatus(LaunchedSystem.PATIENCE)).isEqualTo(130);
      assertThat(system.servers()).noneMatch(ProcessHandle::isAlive);
      PortPlan.probe(DataFolder.read(folder.resolve("data")).orElseThrow().servers());
      assertThat(system.err()).contains("hormesis: stopping the servers");
    }
  }

  @Test
  void aKilledLauncherLeavesNoServer() throws Exception {
    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      signal(system, "KILL");
      await("no server is left")
          .atMost(GONE_WITHIN)
          .until(() -> system.servers().stream().noneMatch(ProcessHandle::isAlive));
      PortPlan.probe(DataFolder.read(folder.resolve("data")).orElseThrow().servers());
    }
  }

  @Test
  void aLauncherWhoseTimeIsUpLeavesNothingAndItsDataCanBeRunAgain() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (LaunchedSystem system = LaunchedSystem.up(folder, "--for", "1s").ready()) {
        assertThat(system.exitStatus(LaunchedSystem.PATIENCE)).isZero();
        assertThat(system.servers()).noneMatch(ProcessHandle::isAlive);
        assertThat(system.out() + system.err())
            .doesNotContainIgnoringCase("warning")
            .doesNotContain("Exception", "Picked up");
      }
    }
  }

  private static void signal(LaunchedSystem system, String name) throws Exception {
    String pid = Long.toString(system.launcher().pid());
    new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
  }
}
