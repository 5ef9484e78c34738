package io.hormesis.simulation;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.storage.Disk;
import io.hormesis.storage.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The disk of one server; it outlives the server's lives.
 *
 * <p>What was appended is there after the end of a process, what was forced also after a loss of
 * power; the rest is lost, torn at any byte, or zeros. A replaced file is the old or the new one. A
 * deletion that no force followed may be undone by a loss of power. A force takes time, much of it
 * while the disk is slow. Its {@link DiskTrouble}: it can kill the server inside any of its calls,
 * an append or a force can fail, and it can be full.
 */
public final class SimulatedDisk {

  private static final long APPEND_NANOS = 3_000;
  private static final long FORCE_NANOS_LIMIT = 300_000_000;

  private final String server;
  private final VirtualTime time;
  private final Dice dice;
  private final EventLog log;
  private final Map<String, StoredFile> names = new TreeMap<>();
  private final Map<String, StoredFile> forcedNames = new TreeMap<>();
  private long forces;
  private final DiskTrouble trouble = new DiskTrouble();
  private long forceLeastNanos = 100_000;
  private long forceMostNanos = 2_000_000;

  public SimulatedDisk(String server, VirtualTime time, Dice dice, EventLog log) {
    this.server = server;
    this.time = time;
    this.dice = dice;
    this.log = log;
  }

  /** The disk as one life of its server sees it; a dead one's calls end in {@link ServerDied}. */
  public Disk mount(Incarnation life) {
    return mount(life, () -> {});
  }

  /**
   * The disk as one life of its server sees it.
   *
   * @param forcing told of each force, before the disk takes its time
   */
  public Disk mount(Incarnation life, Runnable forcing) {
    return new Mounted(life, forcing);
  }

  /** How often something was forced. */
  public long forces() {
    return forces;
  }

  /** How long a force takes. */
  public void forceTakes(Duration least, Duration most) {
    forceLeastNanos = least.toNanos();
    forceMostNanos = most.toNanos();
  }

  /** What is wrong with it. */
  DiskTrouble trouble() {
    return trouble;
  }

  /** Everything on it is lost, if anything was; the server's life must have ended. */
  public boolean lose() {
    boolean held = !names.isEmpty();
    names.clear();
    forcedNames.clear();
    return held;
  }

  /** One bit of what it holds turns over, if it holds any; the server's life must have ended. */
  boolean flipBit() {
    long bytes = names.values().stream().mapToLong(StoredFile::length).sum();
    if (bytes == 0) {
      return false;
    }
    long at = dice.between(0, bytes - 1);
    for (StoredFile file : names.values()) {
      if (at < file.length()) {
        file.flip((int) at, dice.below(Byte.SIZE));
        break;
      }
      at -= file.length();
    }
    return true;
  }

  /** The power goes; the server's life must have ended. */
  public void powerLost() {
    forcedNames.forEach((path, file) -> {
      if (!names.containsKey(path) && dice.chance(0.5)) {
        names.put(path, file);
      }
    });
    names.entrySet().removeIf(e -> !forcedNames.containsKey(e.getKey()) && dice.chance(0.5));
    names.values().forEach(file -> file.powerLost(dice));
    forcedNames.clear();
    forcedNames.putAll(names);
  }

  private final class Mounted implements Disk {

    private final Incarnation life;
    private final Runnable forcing;

    Mounted(Incarnation life, Runnable forcing) {
      this.life = life;
      this.forcing = forcing;
    }

    @Override
    public List<String> list(String folder) {
      alive();
      String prefix = folder.isEmpty() ? "" : folder + "/";
      List<String> found = new ArrayList<>();
      for (String path : names.keySet()) {
        if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
          found.add(path.substring(prefix.length()));
        }
      }
      return found;
    }

    @Override
    public boolean exists(String path) {
      alive();
      return names.containsKey(path);
    }

    @Override
    public DiskFile open(String path) {
      call(() -> names.computeIfAbsent(path, _ -> new StoredFile()));
      return new Opened(this, path, names.computeIfAbsent(path, _ -> new StoredFile()));
    }

    @Override
    public void replace(String from, String to) throws IOException {
      if (!names.containsKey(from)) {
        throw new IOException("replace %s by %s: there is no %s".formatted(to, from, from));
      }
      call(() -> {
        StoredFile file = names.remove(from);
        forcedNames.remove(from);
        names.put(to, file);
        forcedNames.put(to, file);
      });
      time.spend(forceNanos());
    }

    @Override
    public void delete(String path) {
      call(() -> names.remove(path));
    }

    void alive() {
      if (life.ended()) {
        throw new ServerDied(server);
      }
    }

    /** Runs a call's effect, unless the server dies of it. */
    void call(Runnable effect) {
      alive();
      if (!trouble.fatalCall()) {
        effect.run();
        return;
      }
      if (dice.chance(0.5)) {
        effect.run();
      }
      trouble.kill();
      throw new ServerDied(server);
    }
  }

  private long forceNanos() {
    return Math.min(
        dice.between(forceLeastNanos, forceMostNanos) * trouble.slowness(), FORCE_NANOS_LIMIT);
  }

  private final class Opened implements DiskFile {

    private final Mounted mounted;
    private final String path;
    private final StoredFile file;

    Opened(Mounted mounted, String path, StoredFile file) {
      this.mounted = mounted;
      this.path = path;
      this.file = file;
    }

    @Override
    public long length() {
      mounted.alive();
      return file.length();
    }

    @Override
    public void append(byte[] bytes) throws IOException {
      mounted.alive();
      IOException error = trouble.appendError(path);
      if (error != null) {
        mounted.call(() -> file.append(bytes, dice.below(bytes.length + 1)));
        throw error;
      }
      boolean torn = trouble.deathIsNext();
      int count = torn ? dice.below(bytes.length + 1) : bytes.length;
      mounted.call(() -> file.append(bytes, count));
      time.spend(APPEND_NANOS);
    }

    @Override
    public void force() throws IOException {
      mounted.alive();
      IOException error = trouble.forceError(path);
      if (error != null) {
        file.forceFailed();
        log.tell("%s could not force %s: its disk failed", server, path);
        throw error;
      }
      if (log.traced()) {
        log.tell("%s forces %s, %d bytes", server, path, file.unforced());
      }
      mounted.call(this::makeDurable);
      mounted.forcing.run();
      time.spend(forceNanos());
      trouble.forced();
      forces++;
      log.add(EventLog.Kind.FORCED, server, file.length());
    }

    private void makeDurable() {
      file.force();
      if (names.get(path) == file) {
        forcedNames.put(path, file);
      }
    }

    @Override
    public void writeAgain() {
      mounted.call(file::writeAgain);
      time.spend(APPEND_NANOS);
    }

    @Override
    public byte[] read(long offset, int count) throws IOException {
      mounted.alive();
      if (offset < 0 || count < 0 || offset + count > file.length()) {
        throw new EOFException(
            "%s: %d bytes from %d, but it has %d".formatted(path, count, offset, file.length()));
      }
      return file.read((int) offset, count);
    }

    @Override
    public void truncate(long length) {
      mounted.call(() -> file.truncate((int) Math.min(length, file.length())));
    }

    @Override
    public void close() {}
  }
}
