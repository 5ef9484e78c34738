package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollingLogTest {
  private static final int LARGE = (int) RollingLog.LARGEST_BYTES;

  @TempDir Path folder;
  private Path path;
  private RollingLog log;

  @BeforeEach
  void name() {
    path = folder.resolve("a1.log");
    log = new RollingLog(path);
  }

  @Test
  void aSmallLogAndOneThatIsNotThereStayAsTheyAre() throws IOException {
    log.rotateWhenLarge();
    assertThat(path).doesNotExist();
    Files.write(path, filled('a', LARGE));
    log.rotateWhenLarge();
    assertThat(path).hasSize(LARGE);
    assertThat(names()).containsExactly("a1.log");
  }

  @Test
  void aProcessGoesOnWritingIntoTheEmptiedFile() throws IOException {
    try (OutputStream process =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      process.write(filled('a', LARGE + 1));
      log.rotateWhenLarge();
      process.write("after".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(path).hasContent("after");
    assertThat(folder.resolve("a1.log.1")).hasSize(LARGE);
  }

  @Test
  void howeverMuchIsWrittenThereAreThreeFilesOfBoundedSize() throws IOException {
    for (char content : new char[] {'a', 'b', 'c', 'd'}) {
      Files.write(path, filled(content, 3 * LARGE));
      log.rotateWhenLarge();
    }
    assertThat(names()).containsExactly("a1.log", "a1.log.1", "a1.log.2");
    assertThat(path).hasSize(0);
    assertThat(folder.resolve("a1.log.1")).hasBinaryContent(filled('d', LARGE));
    assertThat(folder.resolve("a1.log.2")).hasBinaryContent(filled('c', LARGE));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> String.valueOf(it.getFileName())).sorted().toList();
    }
  }

  private static byte[] filled(char content, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) content);
    return bytes;
  }
}
