package io.hormesis.injection;

import java.time.Duration;
import java.util.List;

/**
 * One thing that goes wrong in a system, with its measure. Servers are called by their names.
 *
 * <p>Faults may overlap. Cuts, slow links and full disks add up; of several surges, storms, drifts
 * of a clock and slownesses of a disk, the latest counts while it lasts; a server that is paused
 * twice goes on with the later of both ends.
 *
 * <p>Throws {@link IllegalArgumentException} for a time that is not more than 0 and at most 366
 * days, and for a number out of its bounds.
 */
public sealed interface Fault {

  /** The process ends at once (SIGKILL); its disk keeps what was appended. */
  record Kill(String server, Duration down) implements Fault {
    public Kill {
      Measures.time("Kill.down", down);
    }
  }

  /** The server loses its power, and with it what was not forced. */
  record PowerLoss(String server, Duration down) implements Fault {
    public PowerLoss {
      Measures.time("PowerLoss.down", down);
    }
  }

  /** The server dies inside the {@code calls}-th disk call from then, with its power or without. */
  record DeathAtDiskCall(String server, int calls, boolean powerLoss, Duration down)
      implements Fault {
    public DeathAtDiskCall {
      Measures.number("DeathAtDiskCall.calls", calls, 1, 1_000_000_000);
      Measures.time("DeathAtDiskCall.down", down);
    }
  }

  /** All servers lose their power. */
  record Blackout(Duration down) implements Fault {
    public Blackout {
      Measures.time("Blackout.down", down);
    }
  }

  /** The process ends; once it is begun again it stands still for {@code takes} before it works. */
  record SlowStart(String server, Duration down, Duration takes) implements Fault {
    public SlowStart {
      Measures.time("SlowStart.down", down);
      Measures.time("SlowStart.takes", takes);
    }
  }

  /** The process stands still and then goes on, as in SIGSTOP. */
  record Pause(String server, Duration lasts) implements Fault {
    public Pause {
      Measures.time("Pause.lasts", lasts);
    }
  }

  /** The server loses its power and its disk: it comes back with an empty one. */
  record DiskLost(String server, Duration down) implements Fault {
    public DiskLost {
      Measures.time("DiskLost.down", down);
    }
  }

  /** The server loses its power, and one bit of what its disk holds turns over. */
  record BitFlip(String server, Duration down) implements Fault {
    public BitFlip {
      Measures.time("BitFlip.down", down);
    }
  }

  /** The next append fails; part of it may be in the file. The server must stop. */
  record AppendFailure(String server) implements Fault {}

  /** The next force fails, and what it should have written is lost; the server must stop. */
  record ForceFailure(String server) implements Fault {}

  /** Nothing can be appended: no space is left. */
  record FullDisk(String server, Duration lasts) implements Fault {
    public FullDisk {
      Measures.time("FullDisk.lasts", lasts);
    }
  }

  /** Forces take so many times longer. */
  record SlowDisk(String server, int times, Duration lasts) implements Fault {
    public SlowDisk {
      Measures.number("SlowDisk.times", times, 2, 1_000_000);
      Measures.time("SlowDisk.lasts", lasts);
    }
  }

  /** The server hears nobody and nobody hears it. */
  record Isolation(String server, Duration lasts) implements Fault {
    public Isolation {
      Measures.time("Isolation.lasts", lasts);
    }
  }

  /** Two servers do not hear each other; both hear the rest. */
  record LinkCut(String one, String other, Duration lasts) implements Fault {
    public LinkCut {
      Measures.time("LinkCut.lasts", lasts);
    }
  }

  /** {@code to} does not hear {@code from}; the other way works. */
  record OneWayCut(String from, String to, Duration lasts) implements Fault {
    public OneWayCut {
      Measures.time("OneWayCut.lasts", lasts);
    }
  }

  /** Everybody hears the server, it hears nobody; or the other way round. */
  record HalfDeaf(String server, boolean mute, Duration lasts) implements Fault {
    public HalfDeaf {
      Measures.time("HalfDeaf.lasts", lasts);
    }
  }

  /** What two servers send each other takes so much longer. */
  record SlowLink(String one, String other, Duration by, Duration lasts) implements Fault {
    public SlowLink {
      Measures.time("SlowLink.by", by);
      Measures.time("SlowLink.lasts", lasts);
    }
  }

  /** Whatever the server says comes so much later, as when it seldom gets a processor. */
  record SlowServer(String server, Duration by, Duration lasts) implements Fault {
    public SlowServer {
      Measures.time("SlowServer.by", by);
      Measures.time("SlowServer.lasts", lasts);
    }
  }

  /** Many messages are lost, doubled or late. */
  record NetworkNoise(Duration lasts) implements Fault {
    public NetworkNoise {
      Measures.time("NetworkNoise.lasts", lasts);
    }
  }

  /** The wall clock steps, forward or back. */
  record ClockJump(String server, Duration by) implements Fault {
    public ClockJump {
      Measures.change("ClockJump.by", by.isZero());
      Measures.time("size of ClockJump.by", by.abs());
    }
  }

  /** All clocks of the server run faster by so many thousandths, or slower where negative. */
  record ClockDrift(String server, int perMille, Duration lasts) implements Fault {
    public ClockDrift {
      Measures.number("ClockDrift.perMille", perMille, -900, 10_000);
      Measures.change("ClockDrift.perMille", perMille == 0);
      Measures.time("ClockDrift.lasts", lasts);
    }
  }

  /** All others are told that the server's process has ended, while it lives. */
  record FalseEvidence(String server) implements Fault {}

  /** Callers send so many times as much. */
  record Surge(int times, Duration lasts) implements Fault {
    public Surge {
      Measures.number("Surge.times", times, 2, 1_000);
      Measures.time("Surge.lasts", lasts);
    }
  }

  /** The servers that it names. */
  default List<String> servers() {
    return FaultText.components(this).values().stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** What it is called in counts. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
