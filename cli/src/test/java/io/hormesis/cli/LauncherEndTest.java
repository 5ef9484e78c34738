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
    try (Launched system = Launched.up(folder).awaitReady()) {
      assertThat(system.servers()).hasSize(6).allMatch(Launched::runs);
      system.signal("INT");
      assertThat(system.awaitEnd()).isEqualTo(130);
      assertThat(system.servers()).noneMatch(Launched::runs);
      PortPlan.probe(DataFolder.read(system.data).orElseThrow().servers());
      assertThat(system.text()).contains("hormesis: stopping the servers");
    }
  }

  @Test
  void aKilledLauncherLeavesNoServer() throws Exception {
    try (Launched system = Launched.up(folder).awaitReady()) {
      system.signal("KILL");
      await("no server is left")
          .atMost(GONE_WITHIN)
          .until(() -> system.servers().stream().noneMatch(Launched::runs));
      PortPlan.probe(DataFolder.read(system.data).orElseThrow().servers());
    }
  }

  @Test
  void aLauncherWhoseTimeIsUpLeavesNothingAndItsDataCanBeRunAgain() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (Launched system = Launched.up(folder, "--for", "1s").awaitReady()) {
        assertThat(system.awaitEnd()).isZero();
        assertThat(system.servers()).noneMatch(Launched::runs);
        assertThat(system.text())
            .doesNotContainIgnoringCase("warning")
            .doesNotContain("Exception", "Picked up");
      }
    }
  }
}
