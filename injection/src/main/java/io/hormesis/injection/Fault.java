package io.hormesis.injection;

import java.time.Duration;

/** One thing that goes wrong in a system, with its measure. Servers are called by their names. */
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

  /** The process ends; once it is begun again it stands still for {@code takes} before it works. */
  record SlowStart(String server, Duration down, Duration takes) implements Fault {}

  /** The process stands still and then goes on, as in SIGSTOP. */
  record Pause(String server, Duration lasts) implements Fault {}

  /** The server loses its power and its disk: it comes back with an empty one. */
  record DiskLost(String server, Duration down) implements Fault {}

  /** The server loses its power, and one bit of what its disk holds turns over. */
  record BitFlip(String server, Duration down) implements Fault {}

  /** The next append fails; part of it may be in the file. The server must stop. */
  record AppendFailure(String server) implements Fault {}

  /** The next force fails, and what it should have written is lost; the server must stop. */
  record ForceFailure(String server) implements Fault {}

  /** Nothing can be appended: no space is left. */
  record FullDisk(String server, Duration lasts) implements Fault {}

  /** Forces take so many times longer. */
  record SlowDisk(String server, int times, Duration lasts) implements Fault {}

  /** The server hears nobody and nobody hears it. */
  record Isolation(String server, Duration lasts) implements Fault {}

  /** Two servers do not hear each other; both hear the rest. */
  record LinkCut(String one, String other, Duration lasts) implements Fault {}

  /** {@code to} does not hear {@code from}; the other way works. */
  record OneWayCut(String from, String to, Duration lasts) implements Fault {}

  /** Everybody hears the server, it hears nobody; or the other way round. */
  record HalfDeaf(String server, boolean mute, Duration lasts) implements Fault {}

  /** What two servers send each other takes so much longer. */
  record SlowLink(String one, String other, Duration by, Duration lasts) implements Fault {}

  /** Whatever the server says comes so much later, as when it seldom gets a processor. */
  record SlowServer(String server, Duration by, Duration lasts) implements Fault {}

  /** Many messages are lost, doubled or late. */
  record Storm(Duration lasts) implements Fault {}

  /** The wall clock steps, forward or back. */
  record ClockJump(String server, Duration by) implements Fault {}

  /** All clocks of the server run faster by so many thousandths, or slower where negative. */
  record ClockDrift(String server, int perMille, Duration lasts) implements Fault {}

  /** All others are told that the server's process has ended, while it lives. */
  record FalseEvidence(String server) implements Fault {}

  /** Callers send so many times as much. */
  record Surge(int times, Duration lasts) implements Fault {}

  /** What it is called in counts. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
