package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benches of real servers in their short form: that they measure, not what. */
@Tag("slow")
final class LoadBenchTest {
  private static final Duration PATIENCE = Duration.ofMinutes(12);

  @TempDir Path folder;

  @Test
  void theCapacityAndItsCostAreMeasured() throws Exception {
    JsonNode told = told("capacity", "--step", "2s", "--within", "10s", "-o", "json");
    assertThat(told.get("steps")).isNotEmpty();
    assertThat(told.get("idleServersPercent").asDouble()).isPositive();
    JsonNode cost = told.get("atHundred");
    assertThat(cost.get("serverMillis").asDouble()).isPositive();
    assertThat(cost.at("/millisByProcess/generator").asDouble()).isPositive();
    assertThat(cost.get("threads")).isNotEmpty();
    assertThat(cost.at("/result/offered").asInt()).isEqualTo(200);
  }

  @Test
  void aSurgeLosesNothingThatWasAcknowledged() throws Exception {
    JsonNode told =
        told("overload", "--capacity", "30", "--step", "2s", "--for", "3s", "-o", "json");
    assertThat(told.get("surges")).hasSize(3);
    assertThat(told.at("/surges/2/surge/offered").asInt()).isEqualTo(900);
    assertThat(told.at("/readBack/looked").asInt()).isPositive();
    assertThat(told.at("/readBack/lost").asInt()).isZero();
    assertThat(told.at("/readBack/doubled").asInt()).isZero();
  }

  private JsonNode told(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(LaunchedSystem.root().resolve("hormesis").toString(), "bench"));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process bench =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      await().atMost(PATIENCE).until(() -> !bench.isAlive());
      assertThat(bench.exitValue()).as(Files.readString(err)).isZero();
      return JsonMapper.shared().readTree(out.toFile());
    } finally {
      bench.destroy();
    }
  }
}
