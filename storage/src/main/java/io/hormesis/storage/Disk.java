package io.hormesis.storage;

import java.io.IOException;
import java.util.List;

/**
 * The disk of one server: a few folders of files that are appended to, forced and replaced whole.
 *
 * <p>It is one of the five ports: real servers use {@code LocalDisk}, the simulation a disk that
 * loses what was not forced. Paths are relative to the server's own data folder, with {@code /}
 * between names. What was appended survives the end of the process; what was forced survives the
 * loss of power. A failed force is final: the caller must stop using the file, for no retry tells
 * the truth until the file is {@linkplain DiskFile#writeAgain() written again}.
 */
public interface Disk {

  /** Names of the files in a folder, sorted; empty when there is no such folder. */
  List<String> list(String folder) throws IOException;

  boolean exists(String path) throws IOException;

  /** Opens a file for appending, making it and its folders when they are not there. */
  DiskFile open(String path) throws IOException;

  /** Replaces {@code to} by {@code from} in one step, durable when this returns. */
  void replace(String from, String to) throws IOException;

  /** Removes a file; nothing happens when there is none. */
  void delete(String path) throws IOException;
}
