package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The micro-benchmarks as the launcher runs them: that they measure, not what. */
@Tag("slow")
final class MicroBenchTest {
  private static final long PATIENCE_MINUTES = 8;

  @TempDir Path folder;

  @Test
  void eachIsMeasuredAsOnServersAndByAllCompilers() throws Exception {
    assertThat(told("refusal", "--rounds", "1")).isEqualTo(ExitStatus.DONE);
    List<String> table = Files.readAllLines(folder.resolve("out"));
    assertThat(table)
        .anyMatch(it -> it.startsWith("as on servers: -XX:TieredStopAtLevel=1 "))
        .contains("by all compilers: -XX:+UseSerialGC -XX:+UseCompactObjectHeaders");
    assertThat(table)
        .filteredOn(it -> it.matches(" +SignalBench.refusal +readers nobody( +[0-9.]+){3}"))
        .hasSize(2);
    assertThat(folder.resolve("err")).content().contains("measuring SignalBench.refusal (1 of 1)");
  }

  @Test
  void whatIsNoneIsRefused() throws Exception {
    assertThat(told("Signl")).isEqualTo(ExitStatus.USAGE);
    assertThat(folder.resolve("err"))
        .content()
        .contains(
            "hormesis: \"Signl\" must be in the name of a micro-benchmark, but is in none of");
  }

  /** Gives the exit status. */
  private int told(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(LaunchedSystem.root().resolve("hormesis").toString());
    command.addAll(List.of("bench", "micro"));
    command.addAll(List.of(words));
    Process bench =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(bench.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      return bench.exitValue();
    } finally {
      bench.destroy();
    }
  }
}
