package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole simulation at the command line, of an application with a mistake. */
final class SimulateTest {
  private static final Pattern SHRUNK =
      Pattern.compile(
          "shrunk in (\\d+) runs to (\\d+) of (\\d+) faults, (\\d+) of (\\d+) requests, (\\d+) of 11 s \\(hash (\\w{16})\\):\n");
  private static final Pattern COMMAND = Pattern.compile("replay that: \\./hormesis (simulate .*)");

  private static final int MOST_SEEDS = 40;

  @TempDir Path temp;

  @Test
  void aMistakeIsFoundAndShrunkAndTheCommandReplaysIt() throws IOException {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    int seed = firstViolated(jar);
    Typed found = Typed.line("simulate", jar, "--from", seed, "--seeds", "1", "--for", "8s");
    assertThat(found.status()).as(found.toString()).isEqualTo(3);
    assertThat(found.out())
        .startsWith("seed %d is violated (hash ".formatted(seed))
        .contains(
            "replay it: ./hormesis simulate %s --seed %d --for 8s --load 20\n"
                .formatted(jar, seed));
    Matcher shrunk = found(SHRUNK, found.out());
    assertThat(number(shrunk, 1)).isBetween(1, Shrinking.MOST_RUNS);
    int faults = number(shrunk, 2);
    assertThat(faults).isLessThan(number(shrunk, 3));
    assertThat(number(shrunk, 4)).isPositive().isLessThan(number(shrunk, 5));
    assertThat(number(shrunk, 6)).isLessThanOrEqualTo(11);
    assertThat(found.out().lines().filter(it -> it.matches(" +fault \\d+ at [0-9.]+ s: \\w+ .*")))
        .hasSize(faults);

    Typed again = replayed(found);
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.out())
        .startsWith("seed %d is violated (hash %s):\n".formatted(seed, shrunk.group(7)))
        .contains(": " + TownLibraryProject.DAMAGE + ": b")
        .containsPattern("\n1 seed of [1-8]\\.\\d s of virtual time in ")
        .contains("\n%d requests, ".formatted(number(shrunk, 4)))
        .doesNotContain("shrunk");
    Typed traced = replayed(found, "--trace");
    assertThat(traced.out()).contains("(hash %s)".formatted(shrunk.group(7)));
    assertThat(traced.out().lines().filter(it -> it.matches(" +[0-9.]+ s  fault \\d+: .*")))
        .hasSize(faults);
  }

  /** The mistake needs certain faults, which not every seed has. */
  private static int firstViolated(Path jar) {
    for (int seed = 1; seed <= MOST_SEEDS; seed++) {
      Typed typed = Typed.line("simulate", jar, "--seed", seed, "--for", "8s");
      if (typed.status() == ExitStatus.REJECTED) {
        return seed;
      }
    }
    throw new AssertionError("the mistake was found by none of %d seeds".formatted(MOST_SEEDS));
  }

  @Test
  void anyNumberOfJobsShowsTheSame() throws IOException {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    String one = shown(jar, "1");
    assertThat(one).contains("8 seeds of 5.0 s of virtual time in ");
    assertThat(shown(jar, "3")).isEqualTo(one);
    assertThat(shown(jar, "8")).isEqualTo(one);
  }

  @Test
  void aSeedThatKeepsEveryPromiseSaysSoWithItsHash() throws IOException {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    String[] calm = {"--seed", "2", "--for", "5s", "--faults", "none", "--requests", "none"};
    Typed first = Typed.line(words(jar, calm));
    assertThat(first.status()).as(first.toString()).isZero();
    assertThat(first.out())
        .matches("(?s)seed 2 keeps every promise \\(hash \\w{16}\\)\n.*")
        .contains("\n0 requests, 0 failed; 0 writes acknowledged\nfaults met: none\n");
    assertThat(first.err()).isEmpty();
  }

  private static String shown(Path jar, String jobs) {
    String[] options = {"--seeds", "8", "--for", "5s", "--no-shrink", "--jobs", jobs};
    return Typed.line(words(jar, options))
        .out()
        .replaceAll("virtual time in [0-9.]+ s", "virtual time in # s");
  }

  private static Object[] words(Path jar, String... options) {
    Object[] words = new Object[options.length + 2];
    words[0] = "simulate";
    words[1] = jar;
    System.arraycopy(options, 0, words, 2, options.length);
    return words;
  }

  private static Typed replayed(Typed found, String... more) {
    String command = found(COMMAND, found.out()).group(1);
    return Typed.line(
        Stream.concat(Arrays.stream(command.split(" ")), Arrays.stream(more)).toArray());
  }

  private static Matcher found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
