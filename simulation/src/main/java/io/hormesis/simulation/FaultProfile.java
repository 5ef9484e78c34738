package io.hormesis.simulation;

import io.hormesis.injection.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often what goes wrong, on average; the rest is drawn. {@link #NEVER} is a time that is too
 * long to come.
 *
 * @param crashEvery one server; half of these deaths lie inside a disk call, half with its power
 * @param downAtMost how long a server that crashed stays down at most; at least 100 ms
 * @param blackoutEvery all servers at once
 * @param cutEvery a link, a server, one way or both, or a link that is slow
 * @param troubleEvery disks, clocks, pauses, storms, surges, false evidence, slow servers and
 *     starts
 * @param wreck the chance that a server which may lose its disk does: all of it, or one bit
 */
public record FaultProfile(
    Duration crashEvery,
    Duration downAtMost,
    Duration blackoutEvery,
    Duration cutEvery,
    Duration troubleEvery,
    double wreck) {

  public static final Duration NEVER = Duration.ofDays(1000);

  /**
   * A crash every 4 s, a cut every 3 s, all dark every 25 s, other trouble every 4 s; one in ten of
   * the disks that may be lost is.
   */
  public static final FaultProfile USUAL =
      new FaultProfile(
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofSeconds(25),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          0.1);

  /** Nothing goes wrong but for single messages. */
  public static final FaultProfile CALM =
      new FaultProfile(NEVER, Duration.ofMillis(100), NEVER, NEVER, NEVER, 0);

  /** A fault and the virtual time at which it begins. */
  public record Planned(Duration at, Fault fault) {}

  private static final Duration TENTH = Duration.ofMillis(100);

  /**
   * Draws what goes wrong from the beginning to {@code until}; what lasts ends by then, or a tenth
   * of a second later.
   *
   * @param losable the servers that may lose their disks for good: of each group at most one member
   */
  public List<Planned> draw(Dice dice, List<String> servers, List<String> losable, Duration until) {
    List<Planned> plan = new ArrayList<>();
    Drawing drawing = new Drawing(dice, servers, until, downAtMost.toMillis());
    drawing.every(crashEvery, plan, drawing::crash);
    drawing.every(blackoutEvery, plan, left -> new Fault.Blackout(drawing.lasting(2_000, left)));
    drawing.every(cutEvery, plan, drawing::cut);
    drawing.every(troubleEvery, plan, drawing::trouble);
    for (String server : losable) {
      if (dice.chance(wreck)) {
        drawing.once(plan, left -> drawing.wreck(server, left));
      }
    }
    plan.sort(Comparator.comparing(Planned::at));
    return List.copyOf(plan);
  }

  @FunctionalInterface
  private interface Maker {
    Fault make(Duration left);
  }

  private record Drawing(Dice dice, List<String> servers, Duration until, long downMillisMost) {

    void every(Duration mean, List<Planned> plan, Maker maker) {
      Duration at = dice.until(mean);
      while (at.plus(TENTH).compareTo(until) < 0) {
        plan.add(new Planned(at, maker.make(until.minus(at))));
        at = at.plus(dice.until(mean));
      }
    }

    void once(List<Planned> plan, Maker maker) {
      Duration at = dice.between(Duration.ZERO, until);
      plan.add(new Planned(at, maker.make(until.minus(at))));
    }

    Duration lasting(long millisMost, Duration left) {
      Duration most = Duration.ofMillis(Math.min(millisMost, left.toMillis()));
      return dice.between(TENTH, most.compareTo(TENTH) < 0 ? TENTH : most);
    }

    Fault crash(Duration left) {
      String server = dice.pick(servers);
      boolean powerLoss = dice.chance(0.5);
      Duration down = lasting(downMillisMost, left);
      if (dice.chance(0.5)) {
        return new Fault.DeathAtDiskCall(server, 1 + dice.below(40), powerLoss, down);
      }
      return powerLoss ? new Fault.PowerLoss(server, down) : new Fault.Kill(server, down);
    }

    Fault cut(Duration left) {
      String server = dice.pick(servers);
      String other = servers.get((servers.indexOf(server) + 1) % servers.size());
      Duration lasts = lasting(4_000, left);
      return switch (dice.below(6)) {
        case 0 -> new Fault.LinkCut(server, other, lasts);
        case 1 -> new Fault.OneWayCut(server, other, lasts);
        case 2 -> new Fault.OneWayCut(other, server, lasts);
        case 3 -> new Fault.HalfDeaf(server, dice.chance(0.5), lasts);
        case 4 -> new Fault.SlowLink(server, other, lasting(1_000, left), lasts);
        default -> new Fault.Isolation(server, lasts);
      };
    }

    Fault trouble(Duration left) {
      String server = dice.pick(servers);
      Duration lasts = lasting(3_000, left);
      return switch (dice.below(13)) {
        case 0 -> new Fault.SlowDisk(server, (int) dice.between(10, 100), lasts);
        case 1 -> new Fault.ForceFailure(server);
        case 2 -> new Fault.AppendFailure(server);
        case 3 -> new Fault.FullDisk(server, lasts);
        case 4 -> new Fault.Pause(server, lasts);
        case 5 -> new Fault.SlowStart(server, lasts, lasting(3_000, left.minus(lasts)));
        case 6 -> new Fault.ClockJump(server, Duration.ofMinutes(either(60)));
        case 7 -> new Fault.ClockDrift(server, (int) either(100), lasting(20_000, left));
        case 8 -> new Fault.FalseEvidence(server);
        case 9 -> new Fault.SlowServer(server, lasting(2_000, left), lasting(6_000, left));
        case 10, 11 -> new Fault.Surge((int) dice.between(2, 10), lasts);
        default -> new Fault.NetworkNoise(lasts);
      };
    }

    /** A number up to {@code most}, or down to minus that; never 0, which would be no fault. */
    private long either(long most) {
      long drawn = dice.between(1 - most, most);
      return drawn > 0 ? drawn : drawn - 1;
    }

    Fault wreck(String server, Duration left) {
      Duration down = lasting(downMillisMost, left);
      return dice.chance(0.5) ? new Fault.DiskLost(server, down) : new Fault.BitFlip(server, down);
    }
  }
}
