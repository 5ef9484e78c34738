package io.hormesis.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A small file that is always replaced as a whole: checksum (4 bytes), then the content. */
public record SmallFile(Disk disk, String path) {

  private static final int LENGTH_LIMIT = 256 * 1024;

  /** The content; empty when there is no file, {@link DamagedFile} when it is damaged. */
  public Optional<byte[]> read() throws IOException {
    if (!disk.exists(path)) {
      return Optional.empty();
    }
    try (DiskFile file = disk.open(path)) {
      long length = file.length();
      if (length < 4 || length > LENGTH_LIMIT) {
        throw new DamagedFile("%s: damaged: it has %d bytes".formatted(path, length));
      }
      ByteBuffer bytes = ByteBuffer.wrap(file.read(0, (int) length));
      byte[] content = new byte[(int) length - 4];
      bytes.get(4, content);
      if (bytes.getInt(0) != checksum(content)) {
        throw new DamagedFile("%s: damaged: its checksum does not fit".formatted(path));
      }
      return Optional.of(content);
    }
  }

  /** Replaces the content; durable when this returns. */
  public void write(byte[] content) throws IOException {
    String unfinished = path + ".new";
    disk.delete(unfinished);
    try (DiskFile file = disk.open(unfinished)) {
      file.append(
          ByteBuffer.allocate(4 + content.length).putInt(checksum(content)).put(content).array());
      file.force();
    }
    disk.replace(unfinished, path);
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
