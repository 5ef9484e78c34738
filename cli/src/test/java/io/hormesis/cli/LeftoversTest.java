package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  private static final ProcessMark GONE = new ProcessMark(1, "an earlier boot/1");

  @TempDir Path data;
  private Process left;

  @BeforeEach
  void start() throws IOException {
    left = new ProcessBuilder("cat").start();
    ProcessMark mark = ProcessMark.of(left.pid()).orElseThrow();
    new KeeperRecord(1, GONE, true, Map.of("a1", mark, "b1", GONE)).write(data);
  }

  @AfterEach
  void end() {
    left.destroyForcibly();
  }

  @Test
  void whatIsLeftIsWaitedForAndNamed() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Leftovers.awaitEnd(data, endingWhenAsked(said), Duration.ofMinutes(2));
    assertThat(left.isAlive()).isFalse();
    assertThat(said.toString(UTF_8).strip())
        .isEqualTo(
            "waiting for a1 (process %d) of a launcher that was killed: they end within seconds"
                .formatted(left.pid()));
  }

  @Test
  void whatDoesNotEndIsRefusedWithWhatToDo() {
    assertThatThrownBy(() ->
            Leftovers.awaitEnd(
                data, new PrintStream(OutputStream.nullOutputStream()), Duration.ofMillis(1)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "servers of a launcher that was killed must end within 0 s, but a1 (process %d) still run on data folder %s: end them, for example by kill -9 %d",
            left.pid(), data, left.pid());
    assertThat(left.isAlive()).isTrue();
  }

  @Test
  void nothingIsSaidWhenNothingIsLeft() throws Exception {
    left.destroyForcibly().waitFor();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Leftovers.awaitEnd(data, new PrintStream(said, true, UTF_8), Duration.ofMinutes(2));
    assertThat(said.size()).isZero();
  }

  /** The process ends once its name was said: it was waited for, then. */
  private PrintStream endingWhenAsked(OutputStream said) {
    Consumer<String> end = _ -> left.destroyForcibly();
    return new PrintStream(said, true, UTF_8) {
      @Override
      public void println(String line) {
        super.println(line);
        end.accept(line);
      }
    };
  }
}
