package io.hormesis.simulation;

import io.hormesis.simulation.FaultProfile.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Makes planned faults in a world and counts how often each was met: a cut that stopped no message,
 * or a kill of a server that was down already, has tested nothing.
 */
public final class Injector {

  private final VirtualTime time;
  private final EventLog log;
  private final Breakable world;
  private final List<Planned> plan;
  private final int[] met;
  private final List<Runnable> ends = new ArrayList<>();

  public Injector(VirtualTime time, EventLog log, Breakable world, List<Planned> plan) {
    this.time = time;
    this.log = log;
    this.world = world;
    this.plan = List.copyOf(plan);
    this.met = new int[plan.size()];
  }

  /** Plans all faults; to be called once. */
  public void start() {
    start(_ -> true);
  }

  /**
   * Plans some of the faults; to be called once.
   *
   * @param happens tells by the number of a fault, counted from 1
   */
  public void start(IntPredicate happens) {
    for (int i = 0; i < plan.size(); i++) {
      if (happens.test(i + 1)) {
        plan(i);
      }
    }
  }

  private void plan(int index) {
    Planned planned = plan.get(index);
    time.at(
        planned.at().toNanos(),
        () -> {
          log.add(EventLog.Kind.FAULT, planned.fault().toString(), index + 1);
          log.tell("fault %d: %s", index + 1, FaultText.of(planned.fault()));
          make(planned.fault(), () -> met[index]++);
        });
  }

  /** Ends whatever has not ended by itself. Servers that are down still start when they would. */
  public void healAll() {
    ends.forEach(Runnable::run);
    ends.clear();
    for (String server : world.servers()) {
      world.disk(server).spare();
      world.disk(server).forcesSucceed();
    }
    world.network().quality(SimulatedNetwork.Quality.WHOLE, () -> {});
  }

  /** How many of the planned faults were met at least once, by kind. */
  public Map<String, Integer> metByKind() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (int i = 0; i < plan.size(); i++) {
      if (met[i] > 0) {
        kinds.merge(plan.get(i).fault().kind(), 1, Integer::sum);
      }
    }
    return kinds;
  }

  private void make(Fault fault, Runnable metOnce) {
    switch (fault) {
      case Fault.Kill f -> crash(f.server(), false, f.down(), metOnce);
      case Fault.PowerLoss f -> crash(f.server(), true, f.down(), metOnce);
      case Fault.DeathAtDiskCall f ->
          world
              .disk(f.server())
              .killAtCall(f.calls(), () -> crash(f.server(), f.powerLoss(), f.down(), metOnce));
      case Fault.Blackout f ->
          world.servers().forEach(server -> crash(server, true, f.down(), metOnce));
      case Fault.ForceFailure f -> world.disk(f.server()).failNextForce(metOnce);
      case Fault.SlowDisk f -> slow(f, metOnce);
      case Fault.Pause f -> pause(f, metOnce);
      case Fault.Isolation f ->
          cut((from, to) -> from.equals(f.server()) || to.equals(f.server()), f.lasts(), metOnce);
      case Fault.LinkCut f ->
          cut(
              (from, to) ->
                  (from.equals(f.one()) && to.equals(f.other()))
                      || (from.equals(f.other()) && to.equals(f.one())),
              f.lasts(),
              metOnce);
      case Fault.OneWayCut f ->
          cut((from, to) -> from.equals(f.from()) && to.equals(f.to()), f.lasts(), metOnce);
      case Fault.HalfDeaf f ->
          cut((from, to) -> (f.mute() ? from : to).equals(f.server()), f.lasts(), metOnce);
      case Fault.Storm f -> storm(f, metOnce);
      case Fault.ClockJump f -> {
        world.clock(f.server()).jump(f.by());
        metOnce.run();
      }
      case Fault.FalseEvidence f -> {
        world.spreadEvidence(f.server());
        metOnce.run();
      }
    }
  }

  private void crash(String server, boolean powerLoss, Duration down, Runnable metOnce) {
    if (world.isUp(server)) {
      metOnce.run();
      world.crash(server, powerLoss, down);
    }
  }

  private void pause(Fault.Pause fault, Runnable metOnce) {
    if (world.isUp(fault.server())) {
      metOnce.run();
      world.pause(fault.server(), fault.lasts());
    }
  }

  private void slow(Fault.SlowDisk fault, Runnable metOnce) {
    world.disk(fault.server()).slow(fault.times(), metOnce);
    endAfter(fault.lasts(), () -> world.disk(fault.server()).slow(1, () -> {}));
  }

  private void cut(SimulatedNetwork.Cut cut, Duration lasts, Runnable metOnce) {
    endAfter(lasts, world.network().cut(cut, metOnce));
  }

  private void storm(Fault.Storm fault, Runnable metOnce) {
    world.network().quality(SimulatedNetwork.Quality.STORM, metOnce);
    endAfter(
        fault.lasts(), () -> world.network().quality(SimulatedNetwork.Quality.USUAL, () -> {}));
  }

  private void endAfter(Duration lasts, Runnable end) {
    ends.add(end);
    time.after(
        lasts.toNanos(),
        () -> {
          if (ends.remove(end)) {
            end.run();
          }
        });
  }
}
