package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file of lines that grows, and whose place another one may take. It is read from
 * behind, so that a large one costs no more than a small one. For one thread.
 */
final class LogTail implements AutoCloseable {
  private static final int BLOCK = 8 * 1024;
  private static final int LONGEST_LINE = 16 * 1024;
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Path file;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final CountDownLatch never = new CountDownLatch(1);
  private Optional<FileChannel> opened = Optional.empty();
  private @Nullable Object key;
  private long position;

  /**
   * Reads nothing yet.
   *
   * @param lines takes each line, without its end; a very long one comes in parts
   */
  LogTail(Path file, Consumer<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Reads the last lines of what is there; one that has no end yet waits for it. */
  void last(int most) throws IOException {
    if (open()) {
      position = most == 0 ? channel().size() : begin(most);
      readOn();
    }
  }

  /** Waits a moment, and reads what has come meanwhile. */
  void awaitMore() throws IOException, InterruptedException {
    boolean _ = never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    if (opened.isEmpty() && !open()) {
      return;
    }
    readOn();
    if (replaced()) {
      close();
    }
  }

  /** Reads no more; what has no end is a line, too. */
  @Override
  public void close() throws IOException {
    endLine();
    if (opened.isPresent()) {
      opened.get().close();
      opened = Optional.empty();
    }
  }

  private boolean open() throws IOException {
    try {
      opened = Optional.of(FileChannel.open(file));
      key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      position = 0;
      return true;
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }

  /** Whether another file has taken its place, or it has begun anew. */
  private boolean replaced() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return !Objects.equals(now.fileKey(), key) || now.size() < position;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Where so many lines before the end begin. */
  private long begin(int most) throws IOException {
    long end = channel().size();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    int found = 0;
    for (long from = end; from > 0; ) {
      long start = Math.max(0, from - BLOCK);
      fill(block.clear().limit((int) (from - start)), start);
      for (int i = block.limit() - 1; i >= 0; i--) {
        boolean atEnd = start + i == end - 1;
        if (block.get(i) == '\n' && !atEnd && ++found == most) {
          return start + i + 1;
        }
      }
      from = start;
    }
    return 0;
  }

  private void fill(ByteBuffer block, long from) throws IOException {
    while (block.hasRemaining() && channel().read(block, from + block.position()) > 0) {
      // More may come.
    }
    block.flip();
  }

  private void readOn() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (channel().read(block, position) > 0) {
      position += block.position();
      block.flip();
      while (block.hasRemaining()) {
        take(block.get());
      }
      block.clear();
    }
  }

  private void take(byte next) {
    if (next == '\n') {
      lines.accept(line.toString(UTF_8));
      line.reset();
      return;
    }
    line.write(next);
    if (line.size() >= LONGEST_LINE) {
      endLine();
    }
  }

  private void endLine() {
    if (line.size() > 0) {
      lines.accept(line.toString(UTF_8));
      line.reset();
    }
  }

  private FileChannel channel() {
    return opened.orElseThrow();
  }
}
