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
import org.jspecify.annotations.Nullable;

/**
 * The disk of one server; it outlives the server's lives.
 *
 * <p>What was appended is there after the end of a process, what was forced also after a loss of
 * power; the rest is lost, torn at any byte, or zeros. A replaced file is the old or the new one. A
 * deletion that no force followed may be undone by a loss of power. A force takes time, much of it
 * while the disk is slow. Faults: it can kill the server inside any of its calls, and a force can
 * fail.
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
  private int slowness = 1;
  private Runnable slowForceMet = () -> {};
  private long callsToDeath = Long.MAX_VALUE;
  private Runnable death = () -> {};
  private @Nullable Runnable forceFailure;
  private long forceLeastNanos = 100_000;
  private long forceMostNanos = 2_000_000;

  public SimulatedDisk(String server, VirtualTime time, Dice dice, EventLog log) {
    this.server = server;
    this.time = time;
    this.dice = dice;
    this.log = log;
  }

  /** The disk as one life of its server sees it; a dead one's calls end in {@link ServerDied}. */
  public Disk mount(Life life) {
    return new Mounted(life);
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

  /**
   * Makes forces take so many times longer, 300 ms at most; 1 is usual.
   *
   * @param met told of each force that was slow
   */
  public void slow(int times, Runnable met) {
    slowness = times;
    slowForceMet = met;
  }

  /**
   * Kills the server inside the {@code calls}-th call from now, before, in the middle of, or after
   * its effect.
   *
   * @param kill must end the life that made the call
   */
  public void killAtCall(long calls, Runnable kill) {
    callsToDeath = calls;
    death = kill;
  }

  /** Takes back {@link #killAtCall}. */
  public void spare() {
    callsToDeath = Long.MAX_VALUE;
  }

  /**
   * Lets the next force fail.
   *
   * @param met told when it has failed
   */
  public void failNextForce(Runnable met) {
    forceFailure = met;
  }

  /** Takes back {@link #failNextForce}. */
  public void forcesSucceed() {
    forceFailure = null;
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

    private final Life life;

    Mounted(Life life) {
      this.life = life;
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
      return new Opened(life, path, names.computeIfAbsent(path, _ -> new StoredFile()));
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
      if (--callsToDeath > 0) {
        effect.run();
        return;
      }
      callsToDeath = Long.MAX_VALUE;
      if (dice.chance(0.5)) {
        effect.run();
      }
      death.run();
      throw new ServerDied(server);
    }
  }

  private long forceNanos() {
    return Math.min(dice.between(forceLeastNanos, forceMostNanos) * slowness, FORCE_NANOS_LIMIT);
  }

  private final class Opened implements DiskFile {

    private final Mounted mounted;
    private final String path;
    private final StoredFile file;

    Opened(Life life, String path, StoredFile file) {
      this.mounted = new Mounted(life);
      this.path = path;
      this.file = file;
    }

    @Override
    public long length() {
      mounted.alive();
      return file.length();
    }

    @Override
    public void append(byte[] bytes) {
      boolean torn = callsToDeath == 1;
      int count = torn ? dice.below(bytes.length + 1) : bytes.length;
      mounted.call(() -> file.append(bytes, count));
      time.spend(APPEND_NANOS);
    }

    @Override
    public void force() throws IOException {
      Runnable failure = forceFailure;
      if (failure != null) {
        mounted.alive();
        forceFailure = null;
        file.forceFailed();
        log.tell("%s could not force %s: its disk failed", server, path);
        failure.run();
        throw new IOException("%s: force failed (simulated)".formatted(path));
      }
      if (log.traced()) {
        log.tell("%s forces %s, %d bytes", server, path, file.unforced());
      }
      mounted.call(this::makeDurable);
      time.spend(forceNanos());
      if (slowness > 1) {
        slowForceMet.run();
      }
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
