package io.hormesis.storage;

import java.util.List;

/**
 * A whole state as it was at one index of a log, in parts, on a disk.
 *
 * @param index of the last log entry whose effect it holds
 * @param parts pointers to its bytes, in order
 */
public record Checkpoint(long index, List<Part> parts) {

  public Checkpoint {
    parts = List.copyOf(parts);
  }

  /** All bytes of the parts together. */
  public long bytes() {
    return parts.stream().mapToLong(Part::length).sum();
  }

  /**
   * Where the bytes of a part lie; they are read when they are needed.
   *
   * @param checkpoint index of the checkpoint it belongs to
   * @param number from 0
   * @param offset in the file, in bytes
   * @param length in bytes
   * @param checksum CRC32C of the bytes
   */
  public record Part(long checkpoint, int number, long offset, int length, int checksum) {}
}
