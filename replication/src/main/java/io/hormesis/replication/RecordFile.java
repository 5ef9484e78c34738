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
 * <p>A record is magic (4 bytes), length (4), checksum (4), payload. The checksum is the CRC32C of
 * the record's offset, its length and its payload, so a copy of a record elsewhere is none. What
 * comes after the last whole record is a torn tail: it was never forced, so it is cut. But when a
 * whole record lies behind a damaged one, then something that was forced is lost: {@link
 * CorruptStore}.
 */
final class RecordFile implements AutoCloseable {

  /** Largest payload of a record. */
  static final int PAYLOAD_LIMIT = 1 << 20;

  static final int HEAD = 12;

  private static final int MAGIC = 0x484d4a52;

  /** How far behind a damaged record others are looked for. */
  private static final int SEARCH_LIMIT = 64 << 20;

  private final String path;
  private final DiskFile file;
  private long end;

  private RecordFile(String path, DiskFile file) {
    this.path = path;
    this.file = file;
  }

  /** Takes the records of a file one by one. */
  @FunctionalInterface
  interface Visitor {
    void visit(long offset, byte[] payload) throws IOException;
  }

  /** Opens a file, shows its records in order and cuts a torn tail. */
  static RecordFile open(Disk disk, String path, Visitor visitor) throws IOException {
    RecordFile records = new RecordFile(path, disk.open(path));
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
      end += HEAD + payload.length;
    }
  }

  /** The payload of the record at an offset; empty when there is no whole one. */
  private byte[] whole(long offset, long length) throws IOException {
    if (length - offset <= HEAD) {
      return new byte[0];
    }
    ByteBuffer head = ByteBuffer.wrap(file.read(offset, HEAD));
    int magic = head.getInt();
    int size = head.getInt();
    if (magic != MAGIC || size < 1 || size > PAYLOAD_LIMIT || size > length - offset - HEAD) {
      return new byte[0];
    }
    byte[] payload = file.read(offset + HEAD, size);
    return checksum(offset, payload) == head.getInt() ? payload : new byte[0];
  }

  private void cutTail(long length) throws IOException {
    byte[] tail = file.read(end, (int) Math.min(length - end, SEARCH_LIMIT));
    ByteBuffer bytes = ByteBuffer.wrap(tail);
    for (int at = 1; at + HEAD < tail.length; at++) {
      if (bytes.getInt(at) == MAGIC && whole(end + at, length).length > 0) {
        throw new CorruptStore(
            ("%s: the record at byte %d is damaged, but a whole one follows at byte %d: what was"
                    + " forced is lost")
                .formatted(path, end, end + at));
      }
    }
    file.truncate(end);
    file.force();
  }

  /** Appends records together and gives the offset of the first one. */
  long append(List<byte[]> payloads) throws IOException {
    int size = payloads.stream().mapToInt(payload -> HEAD + payload.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    long offset = end;
    for (byte[] payload : payloads) {
      if (payload.length < 1 || payload.length > PAYLOAD_LIMIT) {
        throw new IllegalArgumentException(
            "%s: a record has 1 to %d bytes, not %d"
                .formatted(path, PAYLOAD_LIMIT, payload.length));
      }
      int checksum = checksum(offset, payload);
      bytes.putInt(MAGIC).putInt(payload.length).putInt(checksum).put(payload);
      offset += HEAD + payload.length;
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
