package io.hormesis.simulation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a disk at present, and who is told when that was met. */
final class DiskTrouble {

  private long calls;
  private final List<Death> deaths = new ArrayList<>();
  private final Deque<Runnable> appendFailures = new ArrayDeque<>();
  private final Deque<Runnable> forceFailures = new ArrayDeque<>();
  private final List<Runnable> full = new ArrayList<>();
  private final Overlapping<Integer> slowness = new Overlapping<>(1);

  private record Death(long atCall, Runnable kill) {}

  /**
   * Kills the server inside the {@code more}-th call from now, before, in the middle of, or after
   * its effect.
   *
   * @param kill must end the life that made the call
   */
  void killAtCall(long more, Runnable kill) {
    deaths.add(new Death(calls + more, kill));
  }

  /** Lets the next append fail that does not fail already. */
  void failNextAppend(Runnable met) {
    appendFailures.add(met);
  }

  /** Lets the next force fail that does not fail already. */
  void failNextForce(Runnable met) {
    forceFailures.add(met);
  }

  /**
   * Leaves no space for appends.
   *
   * @param met told of every append that failed of it
   * @return ends it
   */
  Runnable fill(Runnable met) {
    full.add(met);
    return () -> full.remove(met);
  }

  /**
   * Makes forces take so many times longer; of several such times the latest counts.
   *
   * @param met told of every force that took longer
   * @return ends it
   */
  Runnable slow(int times, Runnable met) {
    return slowness.begin(times, met);
  }

  /** Takes back what was to come: deaths and failures. */
  void spare() {
    deaths.clear();
    appendFailures.clear();
    forceFailures.clear();
  }

  /** Whether the next call is the last one of this life. */
  boolean deathIsNext() {
    return isDue(calls + 1);
  }

  /** Counts a call; whether the server dies in it. */
  boolean fatalCall() {
    return isDue(++calls);
  }

  private boolean isDue(long call) {
    for (Death death : deaths) { // called for every access to the disk
      if (death.atCall <= call) {
        return true;
      }
    }
    return false;
  }

  /** Ends the life that made the fatal call. */
  void kill() {
    List<Death> due = deaths.stream().filter(it -> it.atCall <= calls).toList();
    deaths.removeAll(due);
    due.forEach(it -> it.kill.run());
  }

  /** What an append to a file fails of now, if it does. */
  @Nullable IOException appendError(String path) {
    Runnable once = appendFailures.poll();
    if (once != null) {
      once.run();
      return new IOException("%s: append failed (simulated)".formatted(path));
    }
    if (!full.isEmpty()) {
      full.forEach(Runnable::run);
      return new IOException("%s: no space left on the disk (simulated)".formatted(path));
    }
    return null;
  }

  /** What a force of a file fails of now, if it does. */
  @Nullable IOException forceError(String path) {
    Runnable once = forceFailures.poll();
    if (once == null) {
      return null;
    }
    once.run();
    return new IOException("%s: force failed (simulated)".formatted(path));
  }

  int slowness() {
    return slowness.present();
  }

  /** A force has taken its time. */
  void forced() {
    slowness.met();
  }
}
