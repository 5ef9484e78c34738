package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir Path folder;
  private final List<String> seen = new ArrayList<>();
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("a1.log");
  }

  @Test
  void theLastLinesAreReadHoweverManyThereAre() throws IOException {
    Files.writeString(file, lines(1, 100_000));
    assertThat(last(3)).containsExactly("line 99998", "line 99999", "line 100000");
    assertThat(last(5_000)).hasSize(5_000).startsWith("line 95001");
    assertThat(last(0)).isEmpty();
    assertThat(last(100_000)).hasSize(100_000).startsWith("line 1");
  }

  @Test
  void moreLinesThanThereAreAreAllOfThem() throws IOException {
    Files.writeString(file, "one\ntwo\nwithout an end");
    assertThat(last(10)).containsExactly("one", "two", "without an end");
    assertThat(last(1)).containsExactly("without an end");
    Files.writeString(file, "");
    assertThat(last(10)).isEmpty();
  }

  @Test
  void aVeryLongLineComesInParts() throws IOException {
    Files.writeString(file, "x".repeat(40_000) + "\nend\n");
    assertThat(last(2)).hasSize(4).endsWith("end");
    assertThat(seen.stream().mapToInt(String::length).sum()).isEqualTo(40_003);
  }

  @Test
  void whatComesIsReadAlsoFromTheFileThatTakesItsPlace() throws Exception {
    Files.writeString(file, "old\n");
    try (LogTail tail = new LogTail(file, seen::add)) {
      tail.last(10);
      append("more\nha");
      tail.awaitMore();
      append("lf\nlast\n");
      Files.move(file, folder.resolve("a1.log.1"));
      tail.awaitMore();
      Files.writeString(file, "new\n");
      tail.awaitMore();
      tail.awaitMore();
      assertThat(seen).containsExactly("old", "more", "half", "last", "new");
      Files.writeString(file, "1\n");
      tail.awaitMore();
      tail.awaitMore();
      assertThat(seen).endsWith("1").hasSize(6);
    }
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedFor() throws Exception {
    try (LogTail tail = new LogTail(file, seen::add)) {
      tail.last(10);
      tail.awaitMore();
      assertThat(seen).isEmpty();
      Files.writeString(file, "first\n");
      tail.awaitMore();
      assertThat(seen).containsExactly("first");
    }
  }

  private List<String> last(int most) throws IOException {
    seen.clear();
    try (LogTail tail = new LogTail(file, seen::add)) {
      tail.last(most);
    }
    return List.copyOf(seen);
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(it -> "line " + it + "\n")
        .collect(Collectors.joining());
  }
}
