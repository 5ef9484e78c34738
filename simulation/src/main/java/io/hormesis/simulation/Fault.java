package io.hormesis.simulation;

import java.time.Duration;

/** One thing that goes wrong in a world, with its measure. */
public sealed interface Fault {

  /** The process ends at once (SIGKILL); its disk keeps what was appended. */
  record Kill(String server, Duration down) implements Fault {}

  /** The server loses its power, and with it what was not forced. */
  record PowerLoss(String server, Duration down) implements Fault {}

  /** The server dies inside the {@code calls}-th disk call from then, with its power or without. */
  record DeathAtDiskCall(String server, int calls, boolean powerLoss, Duration down)
      implements Fault {}

  /** All servers lose their power. */
  record Blackout(Duration down) implements Fault {}

  /** The next force fails, and what it should have written is lost; the server must stop. */
  record ForceFailure(String server) implements Fault {}

  /** Forces take so many times longer. */
  record SlowDisk(String server, int times, Duration lasts) implements Fault {}

  /** The process stands still and then goes on, as in SIGSTOP. */
  record Pause(String server, Duration lasts) implements Fault {}

  /** The server hears nobody and nobody hears it. */
  record Isolation(String server, Duration lasts) implements Fault {}

  /** Two servers do not hear each other; both hear the rest. */
  record LinkCut(String one, String other, Duration lasts) implements Fault {}

  /** {@code to} does not hear {@code from}; the other way works. */
  record OneWayCut(String from, String to, Duration lasts) implements Fault {}

  /** Everybody hears the server, it hears nobody; or the other way round. */
  record HalfDeaf(String server, boolean mute, Duration lasts) implements Fault {}

  /** Many messages are lost, doubled or late. */
  record Storm(Duration lasts) implements Fault {}

  /** The wall clock steps, forward or back. */
  record ClockJump(String server, Duration by) implements Fault {}

  /** All others are told that the server's process has ended, while it lives. */
  record FalseEvidence(String server) implements Fault {}

  /** What it is called in counts. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
