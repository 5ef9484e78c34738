package io.hormesis.keeper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Log rotation by copy and truncation: a process's standard error goes to one file for all its
 * life, so the file is emptied under it, after its content was copied to an older one.
 *
 * <p>It holds all that a process prints, whoever prints it, in at most {@value #OLDER} older files
 * and the present one, of {@value #LARGEST_BYTES} bytes each and what is written between two looks.
 * What is written between copy and truncation is lost.
 */
final class RollingLog {
  static final long LARGEST_BYTES = 8L * 1024 * 1024;
  static final int OLDER = 2;

  private final Path path;

  RollingLog(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Puts the content aside when it has become large, and drops the oldest. */
  void rotateWhenLarge() throws IOException {
    if (!Files.exists(path) || Files.size(path) <= LARGEST_BYTES) {
      return;
    }
    for (int number = OLDER; number > 1; number--) {
      if (Files.exists(older(number - 1))) {
        Files.move(older(number - 1), older(number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    copyTheEnd();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  /** Of what came in a flood the last part only. */
  private void copyTheEnd() throws IOException {
    try (FileChannel from = FileChannel.open(path, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(
                older(1),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      long position = Math.max(0, from.size() - LARGEST_BYTES);
      long end = position + LARGEST_BYTES;
      while (position < end) {
        long copied = from.transferTo(position, end - position, to);
        if (copied <= 0) {
          return;
        }
        position += copied;
      }
    }
  }

  private Path older(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }
}
