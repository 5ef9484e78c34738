package io.hormesis.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {

  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void appendsForcesReadsAndTruncates() throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder);
        DiskFile file = disk.open("groups/tax/journal")) {
      file.append(bytes("one"));
      file.append(bytes("two"));
      file.force();
      assertThat(file.length()).isEqualTo(6);
      assertThat(file.read(2, 2)).isEqualTo(bytes("et"));
      file.truncate(3);
      file.append(bytes("!"));
      assertThat(file.read(0, 4)).isEqualTo(bytes("one!"));
      assertThatThrownBy(() -> file.read(2, 9))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("9 bytes wanted from 2, but it has 4");
    }
    try (LocalDisk disk = LocalDisk.open(folder);
        DiskFile file = disk.open("groups/tax/journal")) {
      file.append(bytes("more"));
      assertThat(file.read(0, 8)).isEqualTo(bytes("one!more"));
    }
  }

  @Test
  void whatIsWrittenAgainIsWhatWasThere() throws IOException {
    byte[] much = new byte[200_000];
    new Random(1).nextBytes(much);
    try (LocalDisk disk = LocalDisk.open(folder);
        DiskFile file = disk.open("journal")) {
      file.writeAgain();
      assertThat(file.length()).isZero();
      file.append(much);
      file.writeAgain();
      file.force();
      assertThat(file.length()).isEqualTo(much.length);
      assertThat(file.read(0, much.length)).isEqualTo(much);
    }
  }

  @Test
  void replacesAFileAsAWhole() throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      write(disk, "a/old", "old");
      write(disk, "a/new", "new");
      disk.replace("a/new", "a/old");
      assertThat(disk.list("a")).containsExactly("old");
      assertThat(disk.exists("a/new")).isFalse();
      try (DiskFile file = disk.open("a/old")) {
        assertThat(file.read(0, 3)).isEqualTo(bytes("new"));
      }
      disk.delete("a/old");
      disk.delete("a/old");
      assertThat(disk.list("a")).isEmpty();
      assertThat(disk.list("nowhere")).isEmpty();
    }
  }

  private static void write(Disk disk, String path, String text) throws IOException {
    try (DiskFile file = disk.open(path)) {
      file.append(bytes(text));
      file.force();
    }
  }

  @Test
  void lockFileIsNobodysBusiness() throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      write(disk, "b", "x");
      assertThat(disk.list("")).containsExactly("b");
    }
  }

  @Test
  void pathsOutsideOfTheFolderAreRefused() throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      assertThatThrownBy(() -> disk.open("../elsewhere"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("path '../elsewhere': must stay inside the data folder");
    }
  }

  @Test
  void secondOpenOfTheSameFolderIsRefusedUntilTheFirstIsClosed() throws IOException {
    try (LocalDisk _ = LocalDisk.open(folder)) {
      assertThatThrownBy(() -> LocalDisk.open(folder))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "data folder %s: locked by a running server: stop that server, or choose another"
                      .formatted(folder)
                  + " folder");
    }
    LocalDisk.open(folder).close();
  }

  /** Opens a folder in a process of its own, says so, and waits to be killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      try (LocalDisk _ = LocalDisk.open(Path.of(args[0]))) {
        System.out.println("open");
        var _ = System.in.read();
      }
    }
  }

  @Test
  void otherProcessThatHoldsTheFolderIsNoticedAndItsEndToo() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = holder.inputReader(UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("open");
      assertThatThrownBy(() -> LocalDisk.open(folder)).hasMessageContaining("locked by a running");
      holder.destroyForcibly();
      assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
      LocalDisk.open(folder).close();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void whatCannotBeReplacedOrOpenedIsNamed() throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      assertThatThrownBy(() -> disk.replace("nothing", "a"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot replace %s/a: ".formatted(folder));
      Files.createDirectory(folder.resolve("taken"));
      assertThatThrownBy(() -> disk.open("taken"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot open %s/taken: ".formatted(folder));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDiskSaysSo() throws IOException {
    Path full = Path.of("/dev/full");
    assertThat(Files.exists(full)).isTrue();
    try (LocalFile file = LocalFile.open(full, folder)) {
      assertThatThrownBy(() -> file.append(bytes("12345")))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "disk full: cannot append 5 bytes to /dev/full: free some space, then start the"
                  + " server again");
    }
  }
}
