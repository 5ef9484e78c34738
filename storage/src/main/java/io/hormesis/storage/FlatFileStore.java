package io.hormesis.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A store of whole-state checkpoints, one file each: {@code checkpoint-<index>}.
 *
 * <p>A checkpoint is written under another name, forced, read back and compared with its checksums;
 * only then does it get its name. So a checkpoint that can be seen was whole once; {@link
 * #find(long)} looks whether it still is. Reading back shows what the file system gives us, which
 * may be its memory: a disk that lies about a force shows only at the next start, and then an older
 * checkpoint and the log are still there.
 *
 * <p>Format: magic and version (8 bytes), index (8), number of parts (4), their table (length 4,
 * CRC32C 4 each), CRC32C of all that (4), then the bytes of the parts. Not thread-safe.
 */
public final class FlatFileStore {

  /** Most parts of one checkpoint. */
  public static final int PARTS_LIMIT = 1 << 20;

  private static final int MAGIC = 0x484d4350;
  private static final int VERSION = 1;
  private static final int HEADER = 20;
  private static final String PREFIX = "checkpoint-";
  private static final String UNFINISHED = ".new";

  private final Disk disk;
  private final String folder;

  private FlatFileStore(Disk disk, String folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Opens the store in a folder of the disk and clears away what was left unfinished. */
  public static FlatFileStore open(Disk disk, String folder) throws IOException {
    for (String name : disk.list(folder)) {
      if (name.startsWith(PREFIX) && name.endsWith(UNFINISHED)) {
        disk.delete(folder + "/" + name);
      }
    }
    return new FlatFileStore(disk, folder);
  }

  /** Indexes of the checkpoints that are there, lowest first; they may be corrupt. */
  public List<Long> indexes() throws IOException {
    List<Long> indexes = new ArrayList<>();
    for (String name : disk.list(folder)) {
      String number = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
      if (number.matches("[0-9]{1,19}")) {
        indexes.add(Long.parseLong(number));
      }
    }
    indexes.sort(null);
    return indexes;
  }

  /**
   * Writes a checkpoint; when this returns it is forced, was read back and is whole.
   *
   * @throws IOException when it cannot be written, or reads back as something else
   */
  public Checkpoint write(long index, List<byte[]> parts) throws IOException {
    String unfinished = path(index) + UNFINISHED;
    disk.delete(unfinished);
    Checkpoint written = writeTo(unfinished, index, parts);
    disk.replace(unfinished, path(index));
    return written;
  }

  private Checkpoint writeTo(String path, long index, List<byte[]> parts) throws IOException {
    try (DiskFile file = disk.open(path)) {
      file.append(header(index, parts));
      for (byte[] part : parts) {
        file.append(part);
      }
      file.force();
      String lie = path + ": reads back other than it was written: the disk is not to be trusted";
      return read(file, index).orElseThrow(() -> new IOException(lie));
    }
  }

  /** Reads a checkpoint through and checks it; empty when it is not there or not whole. */
  public Optional<Checkpoint> find(long index) throws IOException {
    if (!disk.exists(path(index))) {
      return Optional.empty();
    }
    try (DiskFile file = disk.open(path(index))) {
      return read(file, index);
    }
  }

  /** The bytes of a part; an {@code IOException} when they are not what was written. */
  public byte[] read(Checkpoint.Part part) throws IOException {
    String path = path(part.checkpoint());
    if (!disk.exists(path)) {
      throw new IOException(path + ": not there any more");
    }
    try (DiskFile file = disk.open(path)) {
      byte[] bytes = file.read(part.offset(), part.length());
      if (checksum(bytes) != part.checksum()) {
        throw new IOException("%s: part %d is corrupt".formatted(path, part.number()));
      }
      return bytes;
    }
  }

  /** Removes the checkpoints below an index. */
  public void deleteBelow(long index) throws IOException {
    for (long there : indexes()) {
      if (there < index) {
        disk.delete(path(there));
      }
    }
  }

  private static Optional<Checkpoint> read(DiskFile file, long index) throws IOException {
    try {
      ByteBuffer start = ByteBuffer.wrap(file.read(0, HEADER));
      int count = start.getInt(16);
      if (start.getInt() != MAGIC
          || start.getInt() != VERSION
          || start.getLong() != index
          || count < 0
          || count > PARTS_LIMIT) {
        return Optional.empty();
      }
      int tableEnd = HEADER + 8 * count;
      ByteBuffer table = ByteBuffer.wrap(file.read(0, tableEnd + 4));
      if (checksum(table.array(), tableEnd) != table.getInt(tableEnd)) {
        return Optional.empty();
      }
      return parts(file, index, table.position(HEADER), tableEnd + 4L, count);
    } catch (EOFException _) {
      return Optional.empty();
    }
  }

  private static Optional<Checkpoint> parts(
      DiskFile file, long index, ByteBuffer table, long first, int count) throws IOException {
    List<Checkpoint.Part> parts = new ArrayList<>(count);
    long offset = first;
    for (int number = 0; number < count; number++) {
      int length = table.getInt();
      int checksum = table.getInt();
      if (length < 0 || checksum(file.read(offset, length)) != checksum) {
        return Optional.empty();
      }
      parts.add(new Checkpoint.Part(index, number, offset, length, checksum));
      offset += length;
    }
    return file.length() == offset ? Optional.of(new Checkpoint(index, parts)) : Optional.empty();
  }

  private static byte[] header(long index, List<byte[]> parts) {
    if (parts.size() > PARTS_LIMIT) {
      throw new IllegalArgumentException(
          "checkpoint %d: at most %d parts, not %d".formatted(index, PARTS_LIMIT, parts.size()));
    }
    int tableEnd = HEADER + 8 * parts.size();
    ByteBuffer header = ByteBuffer.allocate(tableEnd + 4);
    header.putInt(MAGIC).putInt(VERSION).putLong(index).putInt(parts.size());
    for (byte[] part : parts) {
      header.putInt(part.length).putInt(checksum(part));
    }
    return header.putInt(checksum(header.array(), tableEnd)).array();
  }

  private String path(long index) {
    return "%s/%s%019d".formatted(folder, PREFIX, index);
  }

  private static int checksum(byte[] bytes) {
    return checksum(bytes, bytes.length);
  }

  private static int checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }
}
