package io.hormesis.replication;

import io.hormesis.storage.Disk;
import io.hormesis.storage.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A disk in memory that loses what was not forced when its power goes. */
final class MemoryDisk implements Disk {

  /** One file: what is written, and how much of it is forced. */
  private static final class Content {
    byte[] bytes = new byte[0];
    int length;
    int forced;
    boolean nameForced;

    /** Ranges whose pages were dropped after a failed force. */
    final List<int[]> lost = new ArrayList<>();

    void append(byte[] more) {
      if (length + more.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(64, 2 * (length + more.length)));
      }
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }

    void loseUnforced() {
      length = forced;
      lost.forEach(range -> Arrays.fill(bytes, range[0], range[1], (byte) 0));
    }
  }

  private final Map<String, Content> files = new TreeMap<>();
  private int forces;
  private int failingForces;
  private boolean lying;
  private Runnable beforeForce = () -> {};

  /** The power goes: what was not forced is gone. */
  void loseUnforced() {
    files.values().removeIf(content -> !content.nameForced);
    files.values().forEach(Content::loseUnforced);
  }

  /** Loses everything. */
  void wipe() {
    files.clear();
  }

  /** The next forces fail, and the pages are gone, though later forces succeed. */
  void failForces(int count) {
    failingForces = count;
  }

  /** From now on only the first force of a journal is one; it claims all others. */
  void forceNothingMore() {
    lying = true;
  }

  void beforeForce(Runnable action) {
    beforeForce = action;
  }

  int forces() {
    return forces;
  }

  byte[] content(String path) {
    Content content = content(path, false);
    return Arrays.copyOf(content.bytes, content.length);
  }

  void put(String path, byte[] bytes) {
    Content content = content(path, true);
    content.length = 0;
    content.append(bytes);
    content.forced = bytes.length;
    content.nameForced = true;
  }

  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  private Content content(String path, boolean make) {
    return make
        ? files.computeIfAbsent(path, _ -> new Content())
        : files.getOrDefault(path, new Content());
  }

  @Override
  public List<String> list(String folder) {
    String start = folder + "/";
    return files.keySet().stream()
        .filter(path -> path.startsWith(start))
        .map(path -> path.substring(start.length()))
        .filter(name -> !name.contains("/"))
        .toList();
  }

  @Override
  public boolean exists(String path) {
    return files.containsKey(path);
  }

  @Override
  public void replace(String from, String to) {
    Content content = content(from, true);
    files.remove(from);
    content.nameForced = true;
    files.put(to, content);
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public DiskFile open(String path) {
    Content content = content(path, true);
    return new DiskFile() {
      @Override
      public long length() {
        return content.length;
      }

      @Override
      public void append(byte[] bytes) {
        content.append(bytes);
      }

      @Override
      public void force() throws IOException {
        beforeForce.run();
        forces++;
        if (failingForces > 0) {
          failingForces--;
          content.lost.add(new int[] {content.forced, content.length});
          throw new IOException("the disk does not answer");
        }
        if (!lying || content.forced == 0 || !path.endsWith("/journal")) {
          content.forced = content.length;
        }
        content.nameForced = true;
      }

      @Override
      public void writeAgain() {
        content.lost.clear();
      }

      @Override
      public byte[] read(long offset, int count) throws IOException {
        if (offset + count > content.length) {
          throw new EOFException(path);
        }
        return Arrays.copyOfRange(content.bytes, (int) offset, (int) offset + count);
      }

      @Override
      public void truncate(long length) {
        content.length = (int) length;
        content.forced = Math.min(content.forced, content.length);
      }

      @Override
      public void close() {}
    };
  }
}
