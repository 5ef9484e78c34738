package io.hormesis.keeper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of one system's data: locked while the system runs, and marked, so that nobody else's
 * folder is ever taken for ours.
 */
public final class DataFolder implements AutoCloseable {
  private static final String MARK = "hormesis.json";
  private static final String LOCK = "hormesis.lock";
  private static final String NEXT = MARK + ".next";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens a folder for a system that is about to run, making it when it is not there.
   *
   * @throws KeeperException when it is somebody else's, in use, cannot be written, or has less than
   *     64 MiB of free space
   */
  public static DataFolder open(Path path) {
    try {
      refuseForeign(path);
      refuseFull(path, FreeSpace.ofTheDisk());
      Files.createDirectories(path);
      return locked(path);
    } catch (IOException failure) {
      throw new KeeperException(
          "data folder %s must be writable, but is not (%s): choose another with --data DIR"
              .formatted(path, reason(failure)),
          failure);
    }
  }

  /**
   * Reads what a folder says of itself; empty when it holds no system.
   *
   * @throws KeeperException when its mark cannot be read
   */
  public static Optional<SystemRecord> read(Path path) {
    Path mark = path.resolve(MARK);
    if (!Files.exists(mark)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(mark), SystemRecord.class));
    } catch (IOException | JacksonException failure) {
      throw new KeeperException(
          "%s must be the record of a system, but cannot be read (%s): restore it, or start anew with --fresh"
              .formatted(mark, reason(failure)),
          failure);
    }
  }

  /** Removes all that is in the folder but its lock; its mark last, so that it stays ours. */
  public void empty() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!one.equals(path) && !isMark(one)) {
          Files.delete(one);
        }
      }
      Files.deleteIfExists(path.resolve(MARK));
    } catch (IOException failure) {
      throw new KeeperException(
          "data folder %s must be emptied, but cannot be (%s): remove it by hand"
              .formatted(path, reason(failure)),
          failure);
    }
  }

  /** What the folder says of itself; empty when it is new. */
  public Optional<SystemRecord> record() {
    return read(path)
        .map(record -> {
          if (record.format() != SystemRecord.FORMAT) {
            throw new KeeperException(
                "data folder %s must have format %d, but has %d: use the version of Hormesis that wrote it"
                    .formatted(path, SystemRecord.FORMAT, record.format()));
          }
          return record;
        });
  }

  /** Writes the folder's mark. */
  public void write(SystemRecord record) {
    try {
      Path next = path.resolve(NEXT);
      Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(record));
      Files.move(
          next,
          path.resolve(MARK),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new KeeperException(
          "data folder %s must take the record of the system, but does not (%s): free some space or choose another with --data DIR"
              .formatted(path, reason(failure)),
          failure);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException failure) {
      throw new KeeperException("lock of %s cannot be given back".formatted(path), failure);
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new KeeperException(
          "data folder %s must be a folder, but is a file: choose another with --data DIR"
              .formatted(path));
    }
    if (Files.exists(path.resolve(MARK))) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      // A start that was cut off may have left these.
      if (!entries.allMatch(
          it -> it.endsWith(LOCK) || it.endsWith(NEXT) || it.endsWith(Keeper.LOG_NAME))) {
        throw new KeeperException(
            "data folder %s must be empty or of an earlier run, but holds other files: choose another with --data DIR"
                .formatted(path));
      }
    }
  }

  static void refuseFull(Path path, FreeSpace space) {
    Optional<String> missing = space.missing(path);
    if (missing.isPresent()) {
      throw new KeeperException(missing.get() + ": free some, or choose another with --data DIR");
    }
  }

  private boolean isMark(Path one) {
    return one.equals(path.resolve(MARK)) || one.equals(path.resolve(LOCK));
  }

  private static DataFolder locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataFolder(path, channel, lock);
      }
    } catch (OverlappingFileLockException heldHere) {
      channel.close();
      throw inUse(path);
    }
    channel.close();
    throw inUse(path);
  }

  private static KeeperException inUse(Path path) {
    return new KeeperException(
        "data folder %s must be free, but is locked by a running system: stop that one, or choose another with --data DIR"
            .formatted(path));
  }

  private static String reason(Exception failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
