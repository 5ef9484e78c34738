package io.hormesis.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One open file of a {@link LocalDisk}.
 *
 * <p>Data are forced without the file's times ({@code fdatasync}); the folders that had to be made
 * for the file are forced with its first force. The thread that uses it must not be interrupted:
 * that closes the channel beneath it.
 */
final class LocalFile implements DiskFile {

  private static final int WRITTEN_TOGETHER = 1 << 16;

  private final Path path;
  private final Path top;
  private final FileChannel channel;
  private boolean nameForced;

  private LocalFile(Path path, Path top, FileChannel channel, boolean nameForced) {
    this.path = path;
    this.top = top;
    this.channel = channel;
    this.nameForced = nameForced;
  }

  /** Opens a file; {@code top} is the folder up to which names are forced. */
  static LocalFile open(Path path, Path top) throws IOException {
    try {
      boolean there = Files.exists(path);
      return new LocalFile(path, top, FileChannel.open(path, READ, WRITE, CREATE), there);
    } catch (IOException e) {
      throw explained("open", path, e);
    }
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    try {
      write(bytes, channel.size());
    } catch (IOException e) {
      throw explained("append %d bytes to".formatted(bytes.length), path, e);
    }
  }

  @Override
  public void writeAgain() throws IOException {
    try {
      long length = channel.size();
      for (long at = 0; at < length; at += WRITTEN_TOGETHER) {
        write(read(at, (int) Math.min(length - at, WRITTEN_TOGETHER)), at);
      }
    } catch (IOException e) {
      throw explained("write again", path, e);
    }
  }

  private void write(byte[] bytes, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, offset + buffer.position());
    }
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force(false);
      if (!nameForced) {
        forceFolders(path, top);
        nameForced = true;
      }
    } catch (IOException e) {
      throw explained("force", path, e);
    }
  }

  @Override
  public byte[] read(long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException(
            "%s: %d bytes wanted from %d, but it has %d"
                .formatted(path, count, offset, channel.size()));
      }
    }
    return buffer.array();
  }

  @Override
  public void truncate(long length) throws IOException {
    channel.truncate(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Makes the names on the way from a file up to {@code top} survive a loss of power. */
  static void forceFolders(Path file, Path top) throws IOException {
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(top);
        folder = folder.getParent()) {
      forceFolder(folder);
    }
  }

  /** Makes the names in a folder survive a loss of power. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel open = FileChannel.open(folder, READ)) {
      open.force(true);
    }
  }

  /** The same failure in words that say what to do. */
  static IOException explained(String action, Path path, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("No space left") || text.contains("Disk quota exceeded")) {
      return new IOException(
          "disk full: cannot %s %s: free some space, then start the server again"
              .formatted(action, path),
          cause);
    }
    return new IOException("cannot %s %s: %s".formatted(action, path, text), cause);
  }
}
