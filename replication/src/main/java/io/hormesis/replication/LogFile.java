package io.hormesis.replication;

import io.hormesis.storage.Disk;
import io.hormesis.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records that is only appended to.
 *
 * <p>A record is magic (4 bytes), length (4), checksum (4), payload, end mark (8). The checksum is
 * the CRC32C of the record's offset, its length and its payload, so a copy of a record elsewhere is
 * none.
 *
 * <p>What follows the last whole record is a torn tail or a damaged record, and the difference is
 * that between nothing and the loss of what was acknowledged (Alagappan et al., Protocol-Aware
 * Recovery for Consensus-Based Storage, FAST 2018). What an append left unfinished stops before its
 * end mark, or is zeros from there on: it was never forced, so it is cut. Where an end mark stands
 * in the tail, something was written whole and cannot be read any more: {@link CorruptStore}.
 */
final class LogFile implements AutoCloseable {

  /** Largest payload of a record. */
  static final int PAYLOAD_LIMIT = 1 << 20;

  private static final int HEAD = 12;
  private static final int MAGIC = 0x484d4a52;

  /** No text in UTF-8 holds these bytes. */
  private static final long END = 0xfdfe_c3a5_96e1_fbf7L;

  private static final int AROUND = HEAD + Long.BYTES;

  /** How far behind the last whole record end marks are looked for. */
  private static final int SEARCH_LIMIT = 64 << 20;

  private final String path;
  private final DiskFile file;
  private long end;

  private LogFile(String path, DiskFile file) {
    this.path = path;
    this.file = file;
  }

  /** Takes the records of a file one by one. */
  @FunctionalInterface
  interface Visitor {
    void visit(long offset, byte[] payload) throws IOException;
  }

  /** Opens a file, shows its records in order, and cuts a torn tail. */
  static LogFile open(Disk disk, String path, Visitor visitor) throws IOException {
    LogFile records = new LogFile(path, disk.open(path));
    try {
      records.scan(visitor);
      return records;
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private void scan(Visitor visitor) throws IOException {
    long length = file.length();
    while (end < length) {
      byte[] payload = whole(end, length);
      if (payload.length == 0) {
        cutTail(length);
        return;
      }
      visitor.visit(end, payload);
      end += sizeOf(payload);
    }
  }

  /** The bytes that a record takes. */
  static int sizeOf(byte[] payload) {
    return AROUND + payload.length;
  }

  /** The payload of the record at an offset; empty when there is no whole one. */
  private byte[] whole(long offset, long length) throws IOException {
    if (length - offset <= AROUND) {
      return new byte[0];
    }
    ByteBuffer head = ByteBuffer.wrap(file.read(offset, HEAD));
    int magic = head.getInt();
    int size = head.getInt();
    if (magic != MAGIC || size < 1 || size > PAYLOAD_LIMIT || size > length - offset - AROUND) {
      return new byte[0];
    }
    byte[] payload = new byte[size];
    ByteBuffer rest = ByteBuffer.wrap(file.read(offset + HEAD, size + Long.BYTES)).get(payload);
    boolean fits = checksum(offset, payload) == head.getInt() && isEnd(rest.getLong());
    return fits ? payload : new byte[0];
  }

  /** A flipped bit of the mark costs nothing, for the checksum has shown that the rest is whole. */
  private static boolean isEnd(long mark) {
    return Long.bitCount(mark ^ END) <= 1;
  }

  private void cutTail(long length) throws IOException {
    ByteBuffer tail = ByteBuffer.wrap(file.read(end, (int) Math.min(length - end, SEARCH_LIMIT)));
    for (int at = 0; at + Long.BYTES <= tail.capacity(); at++) {
      if (tail.getLong(at) == END) {
        throw new CorruptStore(
            ("%s: the record at byte %d is damaged, but a whole one ended at byte %d: what was"
                    + " forced is lost")
                .formatted(path, end, end + at + Long.BYTES));
      }
    }
    file.truncate(end);
  }

  /** Appends records together and gives the offset of the first one. */
  long append(List<byte[]> payloads) throws IOException {
    int size = payloads.stream().mapToInt(LogFile::sizeOf).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    long offset = end;
    for (byte[] payload : payloads) {
      if (payload.length < 1 || payload.length > PAYLOAD_LIMIT) {
        throw new IllegalArgumentException(
            "%s: a record has 1 to %d bytes, not %d"
                .formatted(path, PAYLOAD_LIMIT, payload.length));
      }
      int checksum = checksum(offset, payload);
      bytes.putInt(MAGIC).putInt(payload.length).putInt(checksum).put(payload).putLong(END);
      offset += sizeOf(payload);
    }
    file.append(bytes.array());
    long first = end;
    end = offset;
    return first;
  }

  /** The payload of the record at an offset. */
  byte[] read(long offset) throws IOException {
    byte[] payload = whole(offset, end);
    if (payload.length == 0) {
      throw new CorruptStore("%s: the record at byte %d is damaged".formatted(path, offset));
    }
    return payload;
  }

  void force() throws IOException {
    file.force();
  }

  /** Bytes of all records. */
  long length() {
    return end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static int checksum(long offset, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(offset).putInt(payload.length).flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
