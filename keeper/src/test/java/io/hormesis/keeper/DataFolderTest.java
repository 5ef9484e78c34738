package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  private static final SystemRecord RECORD =
      SystemRecord.of("4711", "library", PortPlan.of(1, 2, 7400));

  @TempDir Path temp;

  @Test
  void aNewFolderIsMadeAndMarked() {
    Path path = temp.resolve("some where/deep");
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.record()).isEmpty();
      folder.write(RECORD);
      assertThat(folder.record()).contains(RECORD);
    }
    assertThat(DataFolder.read(path)).contains(RECORD);
  }

  @Test
  void aFolderIsForOneSystemAtATime() {
    try (DataFolder _ = DataFolder.open(temp)) {
      assertThatThrownBy(() -> DataFolder.open(temp))
          .isInstanceOf(KeeperException.class)
          .hasMessage(
              "data folder %s must be free, but is locked by a running system: stop that one, or choose another with --data DIR",
              temp);
    }
    assertThatCode(() -> DataFolder.open(temp).close()).doesNotThrowAnyException();
  }

  @Test
  void aFolderOfOtherFilesIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(temp.resolve("thesis.txt"), "three years of work");

    assertThatThrownBy(() -> DataFolder.open(temp))
        .isInstanceOf(KeeperException.class)
        .hasMessage(
            "data folder %s must be empty or of an earlier run, but holds other files: choose another with --data DIR",
            temp);
    assertThat(entries()).containsExactly("thesis.txt");
  }

  @Test
  void aLockAloneDoesNotMakeOtherFilesOurs() throws IOException {
    DataFolder.open(temp).close();
    Files.writeString(temp.resolve("thesis.txt"), "three years of work");

    assertThatThrownBy(() -> DataFolder.open(temp)).hasMessageContaining("holds other files");
  }

  @Test
  void aStartThatWasCutOffLeavesAFolderThatIsStillOurs() throws IOException {
    DataFolder.open(temp).close();
    Files.writeString(temp.resolve("hormesis.json.next"), "{");

    assertThatCode(() -> DataFolder.open(temp).close()).doesNotThrowAnyException();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file))
        .hasMessage(
            "data folder %s must be a folder, but is a file: choose another with --data DIR", file);
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws IOException {
    Path below = Files.writeString(temp.resolve("file"), "").resolve("folder");

    assertThatThrownBy(() -> DataFolder.open(below))
        .isInstanceOf(KeeperException.class)
        .hasMessageStartingWith("data folder %s must be writable, but is not (".formatted(below))
        .hasMessageEndingWith("): choose another with --data DIR");
  }

  @Test
  void aFullDiskIsRefused() {
    assertThatThrownBy(() -> DataFolder.refuseFull(temp, _ -> 3_500_000))
        .hasMessage(
            "data folder %s must have 64 MiB of free space, but has 3 MiB: free some, or choose another with --data DIR",
            temp);
    assertThatCode(() -> DataFolder.refuseFull(temp, _ -> 64L << 20)).doesNotThrowAnyException();
  }

  @Test
  void aMarkThatCannotBeReadIsNamed() throws IOException {
    Path mark = Files.writeString(temp.resolve("hormesis.json"), "not json");

    try (DataFolder folder = DataFolder.open(temp)) {
      assertThatThrownBy(folder::record)
          .isInstanceOf(KeeperException.class)
          .hasMessageStartingWith(
              "%s must be the record of a system, but cannot be read (".formatted(mark))
          .hasMessageEndingWith("): restore it, or start anew with --fresh");
    }
  }

  @Test
  void anotherFormatIsLeftUntouched() {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.write(new SystemRecord(99, "4711", "library", RECORD.servers()));
      assertThatThrownBy(folder::record)
          .hasMessage(
              "data folder %s must have format 1, but has 99: use the version of Hormesis that wrote it",
              temp);
    }
  }

  @Test
  void emptyingLeavesTheLockAndNothingElse() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.write(RECORD);
      Files.createDirectories(temp.resolve("a1/deep"));
      Files.writeString(temp.resolve("a1/deep/log"), "x");
      folder.empty();
      assertThat(entries()).containsExactly("hormesis.lock");
      assertThat(folder.record()).isEmpty();
      assertThatThrownBy(() -> DataFolder.open(temp)).hasMessageContaining("locked");
    }
  }

  @Test
  void emptyingDoesNotFollowLinksOutOfTheFolder() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("thesis.txt"), "three years of work");
    Path data = temp.resolve("data");
    try (DataFolder folder = DataFolder.open(data)) {
      folder.write(RECORD);
      Files.createSymbolicLink(data.resolve("a1"), outside);
      folder.empty();
    }
    assertThat(outside.resolve("thesis.txt")).exists();
  }

  private Stream<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(temp)) {
      return all.map(it -> it.getFileName().toString()).toList().stream();
    }
  }
}
