package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
  @TempDir Path data;

  @Test
  void theLastLinesOfAServersLogAreShown() throws IOException {
    BadCommandLineTest.mark(data, "small");
    Files.writeString(data.resolve("a1.log"), "one\ntwo\nthree\n");
    Typed typed = Typed.line("logs", "a1", "-n", "2", "--data", data);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isZero();
    assertThat(typed.out().lines()).containsExactly("two", "three");
  }

  @Test
  void nothingInALogSteersTheTerminal() throws IOException {
    BadCommandLineTest.mark(data, "small");
    Files.writeString(data.resolve("b1.log"), "a\tb\u001b[2Jc\r\u0007\u009bd\n");
    assertThat(Typed.line("logs", "b1", "--data", data).out().lines())
        .containsExactly("a\tb?[2Jc???d");
  }

  @Test
  void aLogThatNobodyReadsEndsTheCommand() throws IOException {
    BadCommandLineTest.mark(data, "small");
    Files.writeString(data.resolve("a1.log"), "x".repeat(2_000) + "\n");
    Typed typed = Typed.limited(100, "logs", "a1", "--follow", "--data", data);
    assertThat(typed.status()).isEqualTo(ExitStatus.INTERNAL);
    assertThat(typed.err()).startsWith("hormesis: standard output must be writable to the end");
  }

  @Test
  void whatHasNoLogIsRefused() {
    BadCommandLineTest.mark(data, "small");
    BadCommandLineTest.refused(
        Typed.line("logs", "d1", "--data", data),
        "server \"d1\" must be one of a1, b1, c1, keeper, but is not: did you mean \"a1\"?");
    BadCommandLineTest.refused(
        Typed.line("logs", "../b1", "--data", data),
        "server \"../b1\" must be one of a1, b1, c1, keeper, but is not: did you mean \"b1\"?");
    BadCommandLineTest.refused(
        Typed.line("logs", "a1", "--data", data),
        "log of a1 must be at %s, but is not there: it has not been started yet"
            .formatted(data.resolve("a1.log")));
    BadCommandLineTest.refused(
        Typed.line("logs", "keeper", "--data", data),
        "log of keeper must be at %s, but is not there: it has not been started yet"
            .formatted(data.resolve("keeper.log")));
    BadCommandLineTest.refused(
        Typed.line("logs", "a1", "-n", "100001", "--data", data),
        "--lines must be 0 to 100000, but was 100001: choose another number");
  }
}
