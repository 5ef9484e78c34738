package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.FaultProfile.Planned;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InjectorTest {

  private static final List<String> SERVERS = List.of("a1", "b1", "c1");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final EventLog log = EventLog.of(time);
  private final World world = new World();

  @Test
  void theSameSeedPlansTheSameFaultsAndAllKindsCome() {
    Duration minute = Duration.ofMinutes(1);
    Set<String> kinds = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      List<Planned> plan = FaultProfile.USUAL.draw(Dice.of(seed, "faults"), SERVERS, minute);
      assertThat(FaultProfile.USUAL.draw(Dice.of(seed, "faults"), SERVERS, minute)).isEqualTo(plan);
      assertThat(plan).hasSizeBetween(20, 90);
      plan.forEach(planned -> kinds.add(planned.fault().kind()));
    }
    assertThat(kinds).hasSize(Fault.class.getPermittedSubclasses().length);
  }

  @Test
  void aKillOfAServerThatIsDownWasNotMet() {
    world.up.remove("b1");
    Injector injector =
        start(new Fault.Kill("a1", SECOND), new Fault.Kill("b1", SECOND), new Fault.Storm(SECOND));
    assertThat(injector.metByKind()).isEqualTo(Map.of("Kill", 1));
    assertThat(world.up).containsExactly("c1");
  }

  @Test
  void aCutIsMetByAMessageAndEndsWithItsTimeOrWhenAllIsHealed() {
    Injector injector = start(new Fault.Isolation("a1", SECOND.multipliedBy(100)));
    assertThat(arrives()).isFalse();
    assertThat(injector.metByKind()).isEqualTo(Map.of("Isolation", 1));
    injector.healAll();
    assertThat(arrives()).isTrue();
    start(new Fault.HalfDeaf("a1", true, SECOND));
    time.runUntil(time.nanos() + SECOND.toNanos());
    assertThat(arrives()).isTrue();
  }

  private boolean arrives() {
    boolean[] arrived = {false};
    for (int i = 0; i < 10; i++) {
      world.network.send(new Life("a1", 0), "b1", 0, () -> arrived[0] = true);
    }
    time.runUntil(time.nanos() + SECOND.toNanos());
    return arrived[0];
  }

  private Injector start(Fault... faults) {
    Duration at = Duration.ofNanos(time.nanos());
    List<Planned> plan = List.of(faults).stream().map(f -> new Planned(at, f)).toList();
    Injector injector = new Injector(time, log, world, plan);
    injector.start();
    time.runUntil(time.nanos() + 1);
    return injector;
  }

  private final class World implements Breakable {

    private final Set<String> up = new TreeSet<>(SERVERS);
    private final SimulatedNetwork network = new SimulatedNetwork(time, Dice.of(1, "net"), log);
    private final Map<String, SimulatedDisk> disks = new TreeMap<>();
    private final SimulatedClock clock = new SimulatedClock(time, Duration.ZERO);

    @Override
    public List<String> servers() {
      return SERVERS;
    }

    @Override
    public boolean isUp(String server) {
      return up.contains(server);
    }

    @Override
    public void crash(String server, boolean powerLoss, Duration down) {
      up.remove(server);
    }

    @Override
    public void pause(String server, Duration lasts) {}

    @Override
    public void spreadEvidence(String server) {}

    @Override
    public SimulatedDisk disk(String server) {
      return disks.computeIfAbsent(
          server, name -> new SimulatedDisk(name, time, Dice.of(1, name), log));
    }

    @Override
    public SimulatedClock clock(String server) {
      return clock;
    }

    @Override
    public SimulatedNetwork network() {
      return network;
    }
  }
}
