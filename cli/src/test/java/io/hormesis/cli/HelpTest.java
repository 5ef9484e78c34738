package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command says of itself. */
final class HelpTest {
  private static final int WIDTH = 80;
  private static final Pattern OPTIONS = Pattern.compile("^ +(-|\\[?[A-Z]+\\]? )");

  @ParameterizedTest
  @ValueSource(
      strings = {"new", "up", "down", "status", "logs", "config", "simulate", "sweep", "bench"})
  void itsTextFillsTheLinesOfATerminal(String command) {
    Typed typed = Typed.line(command, "--help");
    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out()).startsWith("Usage: hormesis " + command);
    List<String> text = description(typed);
    assertThat(text).isNotEmpty().allSatisfy(line -> assertThat(line.length()).isLessThan(WIDTH));
    for (int i = 1; i < text.size(); i++) {
      String word = text.get(i).split(" ", 2)[0];
      assertThat(text.get(i - 1).length() + 1 + word.length())
          .as("\"%s\" has room for \"%s\"", text.get(i - 1), word)
          .isGreaterThanOrEqualTo(WIDTH);
    }
  }

  /** The lines between the usage, which goes on with an indent, and the options. */
  private static List<String> description(Typed typed) {
    return typed
        .out()
        .lines()
        .skip(1)
        .dropWhile(line -> line.startsWith(" "))
        .takeWhile(line -> !OPTIONS.matcher(line).find())
        .toList();
  }
}
