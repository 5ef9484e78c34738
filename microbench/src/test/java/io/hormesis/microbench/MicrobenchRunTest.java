package io.hormesis.microbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;

final class MicrobenchRunTest {
  private static final List<MeasuredJvm> HERE =
      List.of(new MeasuredJvm("as in this JVM", List.of()));

  private final ByteArrayOutputStream table = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private final MicrobenchRun run =
      new MicrobenchRun(new MicrobenchRun.Length(0, 0, 1, 5), printing(table), printing(progress));

  /** JMH lets no two runs of a machine happen at once, for the sake of their figures. */
  @BeforeAll
  static void runBesideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyBenchmarkRunsWithEveryParameter() throws Exception {
    List<RunResult> rows = run.run("", HERE);

    assertThat(rows).hasSize(2 * Readers.values().length);
    assertThat(rows).allSatisfy(it -> assertThat(it.getPrimaryResult().getScore()).isPositive());
    assertThat(table.toString(StandardCharsets.UTF_8).lines())
        .contains("as in this JVM")
        .anyMatch(it -> it.matches(" +SignalBench.call +readers nobody +[0-9.]+ +[?] +[0-9.]+"));
    assertThat(progress.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "measuring SignalBench.call (1 of 2)", "measuring SignalBench.refusal (2 of 2)");
  }

  @Test
  void aPartOfANameChooses() throws Exception {
    assertThat(run.run("refusal", HERE))
        .hasSize(Readers.values().length)
        .allSatisfy(
            it -> assertThat(it.getParams().getBenchmark()).endsWith("SignalBench.refusal"));
  }

  @Test
  void whatIsInNoNameIsRefusedWithTheNames() {
    assertThatThrownBy(() -> run.run("Signl", HERE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"Signl\" must be in the name of a micro-benchmark, but is in none of SignalBench.call, SignalBench.refusal: write a part of one, or leave it out to run all");
    assertThat(table.size()).isZero();
  }

  private static PrintStream printing(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
