package io.hormesis.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a disk at present, and who is told when that was met. */
final class DiskTrouble {

  private long callsToDeath = Long.MAX_VALUE;
  private Runnable death = () -> {};
  private @Nullable Runnable appendFailure;
  private @Nullable Runnable forceFailure;
  private final List<Runnable> full = new ArrayList<>();
  private final Overlapping<Slowness> slowness = new Overlapping<>(Slowness.NONE);

  private record Slowness(int times, Runnable met) {
    static final Slowness NONE = new Slowness(1, () -> {});
  }

  /**
   * Kills the server inside the {@code calls}-th call from now, before, in the middle of, or after
   * its effect.
   *
   * @param kill must end the life that made the call
   */
  void killAtCall(long calls, Runnable kill) {
    callsToDeath = calls;
    death = kill;
  }

  /** Lets the next append fail. */
  void failNextAppend(Runnable met) {
    appendFailure = met;
  }

  /** Lets the next force fail. */
  void failNextForce(Runnable met) {
    forceFailure = met;
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
    return slowness.begin(new Slowness(times, met));
  }

  /** Takes back what was to come: deaths and failures. */
  void spare() {
    callsToDeath = Long.MAX_VALUE;
    appendFailure = null;
    forceFailure = null;
  }

  /** Whether the next call is the last one of this life. */
  boolean deathIsNext() {
    return callsToDeath == 1;
  }

  /** Counts a call; whether the server dies in it. */
  boolean fatalCall() {
    if (--callsToDeath > 0) {
      return false;
    }
    callsToDeath = Long.MAX_VALUE;
    return true;
  }

  /** Ends the life that made the fatal call. */
  void kill() {
    death.run();
  }

  /** What an append to a file fails of now, if it does. */
  @Nullable IOException appendError(String path) {
    Runnable once = appendFailure;
    if (once != null) {
      appendFailure = null;
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
    Runnable once = forceFailure;
    if (once == null) {
      return null;
    }
    forceFailure = null;
    once.run();
    return new IOException("%s: force failed (simulated)".formatted(path));
  }

  int slowness() {
    return slowness.present().times();
  }

  /** A force has taken its time. */
  void forced() {
    slowness.present().met().run();
  }
}
