package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessUsageTest {

  @Test
  void userAndSystemTimeAreReadThoughTheNameHoldsBracketsAndSpaces() {
    String stat = "12 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 150 50 7 7 20 0 9";
    assertThat(ProcessUsage.ticks(stat)).isEqualTo(2_000_000_000L);
  }

  @Test
  void threadsOfOneKindAreOneGroup() {
    assertThat(ProcessUsage.group("delivery-12")).isEqualTo("delivery");
    assertThat(ProcessUsage.group("GC Thread#0")).isEqualTo("GC Thread");
    assertThat(ProcessUsage.group("ForkJoinPool-1-")).isEqualTo("ForkJoinPool");
    assertThat(ProcessUsage.group("C1 CompilerThre")).isEqualTo("C1 CompilerThre");
    var one = new ProcessUsage(9, Map.of("1", new ProcessUsage.ThreadUsage("edge-1", 5, 2)));
    var two = new ProcessUsage(9, Map.of("1", new ProcessUsage.ThreadUsage("edge-2", 4, 1)));
    assertThat(ProcessUsage.byGroup(List.of(one, two)))
        .containsExactly(Map.entry("edge", new ProcessUsage.ThreadUsage("edge", 9, 3)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisProcessTakesIsTold() {
    ProcessUsage before = ProcessUsage.of(ProcessHandle.current().pid());
    assertThat(before.cpuNanos()).isPositive();
    assertThat(before.threads()).isNotEmpty();
    ProcessUsage after = ProcessUsage.of(ProcessHandle.current().pid());
    assertThat(after.since(before).cpuNanos()).isBetween(0L, after.cpuNanos());
  }

  @Test
  void aProcessThatHasEndedTookNothing() {
    assertThat(ProcessUsage.of(0)).isEqualTo(new ProcessUsage(0, Map.of()));
  }
}
