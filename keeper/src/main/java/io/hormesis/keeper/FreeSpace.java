package io.hormesis.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much room the disk beneath a folder has. A system is started with 64 MiB at least. A server
 * that ends of itself while there are less than 4 MiB is taken to have ended of the full disk: no
 * restart would help it before there is room again.
 */
@FunctionalInterface
interface FreeSpace {
  long LEAST_BYTES = 64L * 1024 * 1024;
  long FULL_BYTES = 4L * 1024 * 1024;

  /** The free bytes beneath a folder, or where it would be made. */
  long bytes(Path folder) throws IOException;

  /** As the operating system tells it. */
  static FreeSpace ofTheDisk() {
    return folder -> {
      Path there = folder.toAbsolutePath();
      for (Path above = there.getParent();
          above != null && !Files.exists(there);
          above = above.getParent()) {
        there = above;
      }
      return Files.getFileStore(there).getUsableSpace();
    };
  }

  /** Whether there is no room; false when the disk does not tell. */
  default boolean full(Path folder) {
    try {
      return bytes(folder) < FULL_BYTES;
    } catch (IOException untold) {
      return false;
    }
  }

  /** What is missing to a start, in words that say what to do; empty when nothing is. */
  default Optional<String> missing(Path folder) {
    try {
      long bytes = bytes(folder);
      return bytes < LEAST_BYTES ? Optional.of(missing(folder, bytes)) : Optional.empty();
    } catch (IOException untold) {
      return Optional.empty();
    }
  }

  private static String missing(Path folder, long bytes) {
    return "data folder %s must have %d MiB of free space, but has %d MiB"
        .formatted(folder, LEAST_BYTES >> 20, bytes >> 20);
  }
}
