package io.hormesis.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatFileStoreTest {

  @TempDir private Path folder;
  private LocalDisk disk;
  private FlatFileStore store;

  private static final List<byte[]> PARTS =
      List.of("first part".getBytes(UTF_8), new byte[0], "third".getBytes(UTF_8));

  @BeforeEach
  void open() throws IOException {
    disk = LocalDisk.open(folder);
    store = FlatFileStore.open(disk, "s");
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  private Path file(long index) {
    return folder.resolve("s/checkpoint-%019d".formatted(index));
  }

  @Test
  void whatIsWrittenIsFoundAgainPartByPart() throws IOException {
    Checkpoint written = store.write(7, PARTS);
    assertThat(store.find(7)).contains(written);
    assertThat(written.bytes()).isEqualTo(15);
    for (int i = 0; i < PARTS.size(); i++) {
      assertThat(store.read(written.parts().get(i))).isEqualTo(PARTS.get(i));
    }
    assertThat(store.find(8)).isEmpty();
  }

  @Test
  void olderCheckpointsStayUntilTheyAreDeleted() throws IOException {
    store.write(7, PARTS);
    store.write(1_000, PARTS);
    store.write(20, PARTS);
    assertThat(store.indexes()).containsExactly(7L, 20L, 1_000L);
    store.deleteBelow(20);
    assertThat(store.indexes()).containsExactly(20L, 1_000L);
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    store.write(7, PARTS);
    byte[] whole = Files.readAllBytes(file(7));
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        Files.write(file(7), flipped);
        assertThat(store.find(7)).as("byte %d, bit %d", at, bit).isEmpty();
      }
    }
  }

  @Test
  void everyTornEndIsNoticed() throws IOException {
    store.write(7, PARTS);
    byte[] whole = Files.readAllBytes(file(7));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(7), java.util.Arrays.copyOf(whole, length));
      assertThat(store.find(7)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void damagedOrMissingPartIsRefused() throws IOException {
    Checkpoint written = store.write(7, PARTS);
    byte[] bytes = Files.readAllBytes(file(7));
    bytes[bytes.length - 1] ^= 1;
    Files.write(file(7), bytes);
    assertThatThrownBy(() -> store.read(written.parts().get(2)))
        .hasMessageEndingWith("part 2 is corrupt");
    Files.delete(file(7));
    assertThatThrownBy(() -> store.read(written.parts().get(2)))
        .hasMessageEndingWith("not there any more");
    assertThat(Files.exists(file(7))).isFalse();
  }

  @Test
  void unfinishedCheckpointIsClearedAway() throws IOException {
    store.write(7, PARTS);
    Files.write(folder.resolve("s/checkpoint-%019d.new".formatted(9)), new byte[] {1, 2});
    FlatFileStore again = FlatFileStore.open(disk, "s");
    assertThat(again.indexes()).containsExactly(7L);
    assertThat(disk.list("s")).hasSize(1);
  }

  /** A disk whose files read back with one bit flipped. */
  private record LyingDisk(Disk real) implements Disk {
    @Override
    public List<String> list(String path) throws IOException {
      return real.list(path);
    }

    @Override
    public boolean exists(String path) throws IOException {
      return real.exists(path);
    }

    @Override
    public void replace(String from, String to) throws IOException {
      real.replace(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
      real.delete(path);
    }

    @Override
    public DiskFile open(String path) throws IOException {
      return new LyingFile(real.open(path));
    }
  }

  private record LyingFile(DiskFile real) implements DiskFile {
    @Override
    public long length() throws IOException {
      return real.length();
    }

    @Override
    public void append(byte[] bytes) throws IOException {
      real.append(bytes);
    }

    @Override
    public void force() throws IOException {
      real.force();
    }

    @Override
    public void writeAgain() throws IOException {
      real.writeAgain();
    }

    @Override
    public byte[] read(long offset, int count) throws IOException {
      byte[] bytes = real.read(offset, count);
      if (bytes.length > 0) {
        bytes[bytes.length / 2] ^= 4;
      }
      return bytes;
    }

    @Override
    public void truncate(long length) throws IOException {
      real.truncate(length);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Test
  void diskThatReadsBackSomethingElseIsNotBelieved() throws IOException {
    FlatFileStore lied = FlatFileStore.open(new LyingDisk(disk), "s");
    assertThatThrownBy(() -> lied.write(7, PARTS))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(
            "reads back other than it was written: the disk is not to be trusted");
    assertThat(store.indexes()).isEmpty();
  }
}
