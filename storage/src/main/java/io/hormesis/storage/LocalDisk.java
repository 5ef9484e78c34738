package io.hormesis.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a real server: one folder of the file system.
 *
 * <p>It holds a lock on the folder while it is open, so that no second process writes into the same
 * store; the operating system releases the lock when the process ends, however it ends.
 */
public final class LocalDisk implements Disk, AutoCloseable {

  private static final String LOCK = "lock";

  /** An earlier process may have been killed between giving a file its name and forcing that. */
  private static final FileVisitor<Path> FORCE_NAMES =
      new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
          LocalFile.forceFolder(folder);
          return FileVisitResult.CONTINUE;
        }
      };

  private final Path root;
  private final FileChannel lock;

  private LocalDisk(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Opens a folder, making it when it is not there.
   *
   * @throws IOException when the folder cannot be used, or another process has it open
   */
  public static LocalDisk open(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Files.createDirectories(root);
    FileChannel channel = FileChannel.open(root.resolve(LOCK), CREATE, WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException(
          "data folder %s: locked by a running server: stop that server, or choose another folder"
              .formatted(root));
    }
    try {
      Files.walkFileTree(root, FORCE_NAMES);
    } catch (IOException e) {
      channel.close();
      throw LocalFile.explained("force", root, e);
    }
    return new LocalDisk(root, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // by this very process
    }
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path path = resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !(path.equals(root) && name.equals(LOCK)))
          .sorted()
          .toList();
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public DiskFile open(String path) throws IOException {
    Path file = resolve(path);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return LocalFile.open(file, root);
  }

  @Override
  public void replace(String from, String to) throws IOException {
    Path target = resolve(to);
    try {
      Files.move(resolve(from), target, ATOMIC_MOVE);
      LocalFile.forceFolders(target, root);
    } catch (IOException e) {
      throw LocalFile.explained("replace", target, e);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(resolve(path));
  }

  private Path resolve(String path) {
    Path resolved = root.resolve(path).normalize();
    if (!resolved.startsWith(root)) {
      throw new IllegalArgumentException(
          "path '%s': must stay inside the data folder %s".formatted(path, root));
    }
    return resolved;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
