package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trace of a simulated run: what a person reads of it. */
final class SimulatedTraceTest {
  private static final SystemPlan PLAN =
      SystemPlan.of(new TownLibraryProject().application(), new LibraryLoad())
          .load(20, Duration.ofSeconds(40));
  private static final long SEED = 1;
  private static final List<String> KINDS =
      List.of(
          "a1 starts, life 1",
          "[abc][12] starts, life 2",
          "[abc][12] ends",
          "[abc][12] ends, without power",
          "[abc][12] is ready",
          "[abc][12] hears that [abc][12] has ended",
          "[abc][12] leads desk/0, term \\d+",
          "[abc][12] follows [abc][12] in desk/0, term \\d+",
          "[abc][12] stands for election in desk/\\d, term \\d+",
          "[abc][12] forces \\S+, \\d+ bytes",
          "callers → [abc][12]  POST /loans key 1-\\d+ \\{.*\\}",
          "callers: POST /loans key 1-\\d+ → 201 from [abc][12] \\{.*\\}",
          "callers: POST /loans key 1-\\d+ → 409 from [abc][12] .*",
          "callers: GET /loans/\\w+ → no reply: .*",
          "fault 3: \\w+ .*",
          "[abc][12] desk: default reply to Barred\\[reader=\\w+\\] of readers/\\d: .*",
          "[abc][12] → itself  desk/\\d asked Lend\\[.*, attempt 1, .*",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) desk/\\d asked Lend\\[.*, attempt 1, .*",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) desk/\\d asked Lend\\[.*, attempt 2, .*",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) call \\d+ \\(Loans.Lend\\): reply Loan\\[.*\\], durable",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) call \\d+ \\(Loans.Lend\\): declined: barred",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) call \\d+ \\(Loans.Lend\\): refused, NOT_HERE.*",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) stands ready, leads .* term \\d+",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) .*Vote term \\d+ with a log up to .*",
          "[abc][12] → [abc][12]  \\([0-9.]+ ms\\) desk/\\d AppendEntries term \\d+ from \\d+ \\(1 entry: step of \\w+ by 1-\\d+\\), committed \\d+",
          "[abc][12] → [abc][12]  \\(late by [0-9.]+ ms\\) .*",
          "[abc][12] → [abc][12]  \\(doubled: [0-9.]+ ms\\) .*",
          "[abc][12] → [abc][12]  \\(lost\\) .*",
          "[abc][12] → [abc][12]  \\(lost: cut\\) .*",
          "[abc][12] → [abc][12]  \\(lost: [abc][12] is down\\) .*");

  @BeforeAll
  static void endTheLog() {
    OwnLog.end();
  }

  @Test
  void theTraceOfASeedHasEachKindOfLineAndChangesNothing() {
    List<String> lines = new ArrayList<>();
    SystemReport traced = SystemSimulation.traced(SEED, PLAN, lines::add);
    assertThat(traced).isEqualTo(SystemSimulation.run(SEED, PLAN));
    assertThat(lines.stream().filter(it -> !it.matches("(?s) *\\d+\\.\\d{6} s  \\S.*"))).isEmpty();
    assertThat(KINDS.stream().filter(kind -> !has(lines, kind))).isEmpty();
  }

  private static boolean has(List<String> lines, String kind) {
    Pattern pattern = Pattern.compile("[0-9.]+ s  " + kind, Pattern.DOTALL);
    return lines.stream().anyMatch(it -> pattern.matcher(it.strip()).matches());
  }
}
