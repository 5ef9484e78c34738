package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job: real servers are killed under load, and no citizen notices. The load is one that
 * two slow cores can carry while a seventh process starts: the test is of the system, not of them.
 */
@Tag("slow")
final class MonkeyRunTest {
  @TempDir Path folder;

  @Test
  void citizensNoticeNothingWhileServersAreKilled() throws Exception {
    Path report = folder.resolve("report.json");
    try (LaunchedSystem system =
        LaunchedSystem.up(
            folder, "--monkey", "--load", "20", "--for", "60s", "--report", report.toString())) {
      int status = system.exitStatus(LaunchedSystem.PATIENCE);
      JsonNode told = JsonMapper.shared().readTree(report.toFile());
      assertThat(told.at("/writes/acknowledged").asLong()).as(system.out()).isPositive();
      assertThat(told.at("/writes/lost").asLong()).as(system.out()).isZero();
      assertThat(told.at("/writes/doubled").asLong()).as(system.out()).isZero();
      assertThat(told.at("/faults")).as(system.out()).anyMatch(it -> it.get("met").asBoolean());
      assertThat(system.out()).containsPattern("kill \\w\\d at .* \\(leads .*tax-desk/\\d");
      assertThat(told.get("verdict").asString()).as(system.out()).isEqualTo("held");
      assertThat(status).isZero();
    }
  }
}
