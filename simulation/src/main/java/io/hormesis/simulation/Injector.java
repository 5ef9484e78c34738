package io.hormesis.simulation;

import io.hormesis.injection.Fault;
import io.hormesis.injection.FaultText;
import io.hormesis.simulation.FaultProfile.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Makes planned faults in a world and counts how often each was met: a cut that stopped no message,
 * or a kill of a server that was down already, has tested nothing.
 */
public final class Injector {

  private final VirtualTime time;
  private final EventLog log;
  private final FaultTarget world;
  private final List<Planned> plan;
  private final int[] met;
  private final List<Made> made = new ArrayList<>();
  private final List<Runnable> ends = new ArrayList<>();
  private final List<Runnable> coming = new ArrayList<>();
  private final Set<String> diskLost = new TreeSet<>();

  public Injector(VirtualTime time, EventLog log, FaultTarget world, List<Planned> plan) {
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

  /**
   * Makes a fault now, beside those that are planned.
   *
   * @throws IllegalArgumentException when it names a server that is not there
   */
  public void make(Fault fault) {
    fault.servers().forEach(this::check);
    Made one = new Made(fault);
    made.add(one);
    log.add(EventLog.Kind.FAULT, fault.toString(), -made.size());
    make(fault, () -> one.met++);
  }

  private void check(String server) {
    if (!world.servers().contains(server)) {
      throw new IllegalArgumentException(
          "server must be one of %s, but was \"%s\": correct it"
              .formatted(world.servers(), server));
    }
  }

  /** What was made beside the plan and was never met. */
  public List<Fault> unmet() {
    return made.stream().filter(it -> it.met == 0).map(it -> it.fault).toList();
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

  /**
   * Ends whatever has not ended by itself, and lets the network do nothing bad from now on. Servers
   * that are down still start when they would.
   */
  public void healAll() {
    ends.forEach(Runnable::run);
    ends.clear();
    coming.clear();
    for (String server : world.servers()) {
      world.disk(server).trouble().spare();
      world.resume(server);
    }
    world.network().usual(SimulatedNetwork.Quality.WHOLE);
  }

  /** How many faults were met at least once, by kind. */
  public Map<String, Integer> metByKind() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (int i = 0; i < plan.size(); i++) {
      if (met[i] > 0) {
        kinds.merge(plan.get(i).fault().kind(), 1, Integer::sum);
      }
    }
    made.stream()
        .filter(it -> it.met > 0)
        .forEach(it -> kinds.merge(it.fault.kind(), 1, Integer::sum));
    return kinds;
  }

  /** The servers that lost their disk, or a bit of it. */
  public Set<String> diskLost() {
    return Set.copyOf(diskLost);
  }

  private void make(Fault fault, Runnable metOnce) {
    switch (fault) {
      case Fault.Kill f -> crash(f.server(), false, f.down(), metOnce);
      case Fault.PowerLoss f -> crash(f.server(), true, f.down(), metOnce);
      case Fault.DeathAtDiskCall f ->
          world
              .disk(f.server())
              .trouble()
              .killAtCall(f.calls(), () -> crash(f.server(), f.powerLoss(), f.down(), metOnce));
      case Fault.Blackout f ->
          world.servers().forEach(server -> crash(server, true, f.down(), metOnce));
      case Fault.SlowStart f -> slowStart(f, metOnce);
      case Fault.Pause f -> pause(f.server(), f.lasts(), metOnce);
      case Fault.DiskLost f -> wreck(f.server(), f.down(), world.disk(f.server())::lose, metOnce);
      case Fault.BitFlip f -> wreck(f.server(), f.down(), world.disk(f.server())::flipBit, metOnce);
      case Fault.AppendFailure f -> world.disk(f.server()).trouble().failNextAppend(metOnce);
      case Fault.ForceFailure f -> world.disk(f.server()).trouble().failNextForce(metOnce);
      case Fault.FullDisk f -> endAfter(f.lasts(), world.disk(f.server()).trouble().fill(metOnce));
      case Fault.SlowDisk f ->
          endAfter(f.lasts(), world.disk(f.server()).trouble().slow(f.times(), metOnce));
      case Fault.Isolation f -> cut(around(f.server()), f.lasts(), metOnce);
      case Fault.LinkCut f -> cut(between(f.one(), f.other()), f.lasts(), metOnce);
      case Fault.OneWayCut f ->
          cut((from, to) -> from.equals(f.from()) && to.equals(f.to()), f.lasts(), metOnce);
      case Fault.HalfDeaf f ->
          cut((from, to) -> (f.mute() ? from : to).equals(f.server()), f.lasts(), metOnce);
      case Fault.SlowLink f -> late(between(f.one(), f.other()), f.by(), f.lasts(), metOnce);
      case Fault.SlowServer f -> late(from(f.server()), f.by(), f.lasts(), metOnce);
      case Fault.NetworkNoise f ->
          endAfter(f.lasts(), world.network().quality(SimulatedNetwork.Quality.STORM, metOnce));
      case Fault.ClockJump f -> {
        world.clock(f.server()).jump(f.by());
        ifUp(f.server(), metOnce);
      }
      case Fault.ClockDrift f -> drift(f, metOnce);
      case Fault.FalseEvidence f -> falseEvidence(f.server(), metOnce);
      case Fault.Surge f -> endAfter(f.lasts(), world.load().begin(f.times(), metOnce));
    }
  }

  private static SimulatedNetwork.Link around(String server) {
    return (from, to) -> from.equals(server) || to.equals(server);
  }

  private static SimulatedNetwork.Link from(String server) {
    return (from, _) -> from.equals(server);
  }

  private static SimulatedNetwork.Link between(String one, String other) {
    return (from, to) ->
        (from.equals(one) && to.equals(other)) || (from.equals(other) && to.equals(one));
  }

  private void crash(String server, boolean powerLoss, Duration down, Runnable metOnce) {
    if (world.isUp(server)) {
      metOnce.run();
      world.crash(server, powerLoss, down);
    }
  }

  private void pause(String server, Duration lasts, Runnable metOnce) {
    if (world.isUp(server)) {
      metOnce.run();
      world.pause(server, lasts);
    }
  }

  private void falseEvidence(String server, Runnable metOnce) {
    ifUp(server, metOnce);
    world.spreadEvidence(server);
  }

  private void ifUp(String server, Runnable metOnce) {
    if (world.isUp(server)) {
      metOnce.run();
    }
  }

  /** The pause comes behind the start, which is planned for the same moment. */
  private void slowStart(Fault.SlowStart fault, Runnable metOnce) {
    if (world.isUp(fault.server())) {
      world.crash(fault.server(), false, fault.down());
      Runnable slowly = () -> pause(fault.server(), fault.takes(), metOnce);
      coming.add(slowly);
      time.after(
          fault.down().toNanos(),
          () -> {
            if (coming.remove(slowly)) {
              slowly.run();
            }
          });
    }
  }

  /** Takes the power of a server, up or down, and then what its disk holds of living groups. */
  private void wreck(String server, Duration down, BooleanSupplier loss, Runnable metOnce) {
    boolean joined = world.hasJoined(server);
    crash(server, true, down, () -> {});
    if (joined && loss.getAsBoolean()) {
      diskLost.add(server);
      metOnce.run();
    }
  }

  private void drift(Fault.ClockDrift fault, Runnable metOnce) {
    ifUp(fault.server(), metOnce);
    endAfter(fault.lasts(), world.clock(fault.server()).drift(fault.perMille()));
  }

  private void cut(SimulatedNetwork.Link cut, Duration lasts, Runnable metOnce) {
    endAfter(lasts, world.network().cut(cut, metOnce));
  }

  private void late(SimulatedNetwork.Link link, Duration by, Duration lasts, Runnable metOnce) {
    endAfter(lasts, world.network().slow(link, by, metOnce));
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

  /** A fault that nobody had planned. */
  private static final class Made {
    private final Fault fault;
    private int met;

    Made(Fault fault) {
      this.fault = fault;
    }
  }
}
