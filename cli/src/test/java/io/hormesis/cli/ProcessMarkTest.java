package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessMarkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aProcessThatRunsIsFoundByItsMark() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    try {
      ProcessMark mark = ProcessMark.of(process.pid()).orElseThrow();
      assertThat(mark.running()).map(ProcessHandle::pid).contains(process.pid());
      assertThat(mark.awaitEnd(Duration.ofMillis(1))).isFalse();
      assertThat(ProcessMark.of(process.pid())).contains(mark);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessThatEndsIsSeenToEnd() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    ProcessMark mark = ProcessMark.of(process.pid()).orElseThrow();
    process.getOutputStream().close();
    assertThat(mark.awaitEnd(PATIENCE)).isTrue();
    assertThat(mark.running()).isEmpty();
    assertThat(ProcessMark.of(process.pid())).isEmpty();
  }

  @Test
  void aProcessThatWasGivenTheNumberLaterIsAnother() {
    long pid = ProcessHandle.current().pid();
    ProcessMark own = ProcessMark.of(pid).orElseThrow();
    assertThat(new ProcessMark(pid, "an earlier boot/1").running()).isEmpty();
    assertThat(own.running()).isPresent();
  }
}
