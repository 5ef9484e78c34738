package io.hormesis.storage;

import java.io.IOException;

/** One open file of a {@link Disk}. Not thread-safe. */
public interface DiskFile extends AutoCloseable {

  /** Length in bytes, what was appended but not yet forced included. */
  long length() throws IOException;

  void append(byte[] bytes) throws IOException;

  /** Makes everything appended so far, and the file's own name, survive a loss of power. */
  void force() throws IOException;

  /**
   * Writes what the file holds once more, in place, so that the next force writes all of it. After
   * a force that failed, be it in an earlier process, the system may show as written what no disk
   * has (Rebello et al., Can Applications Recover from fsync Failures?, ATC 2020).
   */
  void writeAgain() throws IOException;

  /**
   * Reads exactly {@code count} bytes from {@code offset}; fewer there is an {@code EOFException}.
   */
  byte[] read(long offset, int count) throws IOException;

  /** Cuts the file to {@code length} bytes. */
  void truncate(long length) throws IOException;

  @Override
  void close() throws IOException;
}
