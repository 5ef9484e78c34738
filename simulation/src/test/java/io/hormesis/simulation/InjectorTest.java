package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.injection.Fault;
import io.hormesis.simulation.FaultProfile.Planned;
import io.hormesis.storage.DiskFile;
import java.io.IOException;
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
      List<Planned> plan =
          FaultProfile.USUAL.draw(Dice.of(seed, "faults"), SERVERS, SERVERS, minute);
      assertThat(FaultProfile.USUAL.draw(Dice.of(seed, "faults"), SERVERS, SERVERS, minute))
          .isEqualTo(plan);
      assertThat(plan).hasSizeBetween(20, 95);
      plan.forEach(planned -> kinds.add(planned.fault().kind()));
    }
    assertThat(kinds).hasSize(Fault.class.getPermittedSubclasses().length);
  }

  @Test
  void aKillOfAServerThatIsDownWasNotMet() {
    world.up.remove("b1");
    Injector injector =
        start(
            new Fault.Kill("a1", SECOND),
            new Fault.Kill("b1", SECOND),
            new Fault.NetworkNoise(SECOND));
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

  @Test
  void aServerIsSpoiledOnlyWhenItsDiskHeldSomething() throws IOException {
    DiskFile file = world.disk("a1").mount(new Incarnation("a1", 0)).open("log");
    file.append(new byte[10]);
    Injector injector =
        start(
            new Fault.DiskLost("a1", SECOND),
            new Fault.BitFlip("b1", SECOND),
            new Fault.DiskLost("c1", SECOND));
    assertThat(injector.diskLost()).containsExactly("a1");
    assertThat(injector.metByKind()).isEqualTo(Map.of("DiskLost", 1));
    assertThat(world.up).isEmpty();
  }

  @Test
  void aDiskIsNotLostBeforeItsGroupsLive() throws IOException {
    world.joined.remove("a1");
    world.disk("a1").mount(new Incarnation("a1", 0)).open("log").append(new byte[10]);
    Injector injector = start(new Fault.DiskLost("a1", SECOND), new Fault.BitFlip("a1", SECOND));
    assertThat(injector.diskLost()).isEmpty();
    assertThat(injector.metByKind()).isEmpty();
    assertThat(world.up).doesNotContain("a1");
    assertThat(world.disk("a1").mount(new Incarnation("a1", 1)).exists("log")).isTrue();
  }

  @Test
  void aSlowStartIsMetOnceTheServerHasStartedAndStandsStill() {
    Injector injector = start(new Fault.SlowStart("a1", SECOND, SECOND.multipliedBy(2)));
    assertThat(world.up).doesNotContain("a1");
    assertThat(injector.metByKind()).isEmpty();
    world.up.add("a1");
    time.runUntil(time.nanos() + SECOND.toNanos());
    assertThat(injector.metByKind()).isEqualTo(Map.of("SlowStart", 1));
    assertThat(world.paused).isEqualTo(Map.of("a1", SECOND.multipliedBy(2)));
  }

  @Test
  void aSlowStartAndFalseEvidenceOfAServerThatIsDownAlreadyAreNotMet() {
    world.up.remove("a1");
    Injector injector = start(new Fault.SlowStart("a1", SECOND, SECOND));
    injector.make(new Fault.FalseEvidence("a1"));
    world.up.add("a1");
    time.runUntil(time.nanos() + SECOND.multipliedBy(2).toNanos());
    assertThat(injector.metByKind()).isEmpty();
    assertThat(world.paused).isEmpty();
    injector.make(new Fault.FalseEvidence("a1"));
    assertThat(injector.metByKind()).isEqualTo(Map.of("FalseEvidence", 1));
  }

  @Test
  void whatASlowServerSaysIsLateAndWhatItHearsIsNot() {
    Injector injector =
        start(new Fault.SlowServer("a1", SECOND.multipliedBy(2), SECOND.multipliedBy(3)));
    assertThat(arrives("b1", "a1")).isTrue();
    assertThat(injector.metByKind()).isEmpty();
    assertThat(arrives("a1", "b1")).isFalse();
    assertThat(injector.metByKind()).isEqualTo(Map.of("SlowServer", 1));
    time.runUntil(time.nanos() + SECOND.toNanos());
    assertThat(arrives("a1", "b1")).isTrue();
  }

  @Test
  void surgesDriftAndFullDisksEndWithTheirTime() throws IOException {
    start(
        new Fault.Surge(5, SECOND),
        new Fault.ClockDrift("a1", 100, SECOND),
        new Fault.FullDisk("a1", SECOND));
    DiskFile file = world.disk("a1").mount(new Incarnation("a1", 0)).open("log");
    assertThat(world.load.present()).isEqualTo(5);
    assertThat(world.clock.realNanos(SECOND)).isLessThan(SECOND.toNanos());
    assertThatThrownBy(() -> file.append(new byte[1])).isInstanceOf(IOException.class);
    time.runUntil(time.nanos() + SECOND.toNanos());
    assertThat(world.load.present()).isEqualTo(1);
    assertThat(world.clock.realNanos(SECOND)).isEqualTo(SECOND.toNanos());
    file.append(new byte[1]);
  }

  @Test
  void ofFaultsThatOverlapTheLatestCountsAndTheOneBeforeGoesOn() throws IOException {
    Injector injector =
        start(
            new Fault.Surge(5, SECOND.multipliedBy(3)),
            new Fault.Surge(2, SECOND),
            new Fault.ClockDrift("a1", 100, SECOND.multipliedBy(3)),
            new Fault.ClockDrift("a1", -100, SECOND),
            new Fault.FullDisk("a1", SECOND.multipliedBy(3)),
            new Fault.FullDisk("a1", SECOND));
    DiskFile file = world.disk("a1").mount(new Incarnation("a1", 0)).open("log");
    assertThat(world.load.present()).isEqualTo(2);
    assertThat(world.clock.realNanos(SECOND)).isGreaterThan(SECOND.toNanos());
    time.runUntil(time.nanos() + SECOND.toNanos());
    assertThat(world.load.present()).isEqualTo(5);
    assertThat(world.clock.realNanos(SECOND)).isLessThan(SECOND.toNanos());
    assertThatThrownBy(() -> file.append(new byte[1])).isInstanceOf(IOException.class);
    injector.healAll();
    assertThat(world.load.present()).isEqualTo(1);
    assertThat(world.clock.realNanos(SECOND)).isEqualTo(SECOND.toNanos());
    file.append(new byte[1]);
  }

  @Test
  void aStormAfterTheHealingEndsInANetworkThatIsWhole() {
    Injector injector = start(new Fault.NetworkNoise(SECOND.multipliedBy(9)));
    injector.healAll();
    injector.make(new Fault.NetworkNoise(SECOND));
    assertThat(lostOf(200)).isPositive();
    assertThat(lostOf(200)).isZero();
  }

  private int lostOf(int messages) {
    int[] arrived = {0};
    for (int i = 0; i < messages; i++) {
      world.network.send(new Incarnation("a1", 0), "b1", 0, () -> arrived[0]++);
    }
    time.runUntil(time.nanos() + SECOND.multipliedBy(2).toNanos());
    return messages - arrived[0];
  }

  @Test
  void healingEndsAPauseAndTheOneThatASlowStartWouldBring() {
    Injector injector =
        start(
            new Fault.Pause("b1", SECOND.multipliedBy(9)),
            new Fault.SlowStart("a1", SECOND, SECOND));
    assertThat(world.paused).containsKey("b1");
    injector.healAll();
    world.up.add("a1");
    time.runUntil(time.nanos() + SECOND.multipliedBy(2).toNanos());
    assertThat(world.paused).isEmpty();
    assertThat(injector.metByKind()).isEqualTo(Map.of("Pause", 1));
  }

  @Test
  void everyCutOnTheWayIsMetAndEveryDeathAtADiskComes() throws IOException {
    Injector injector =
        start(
            new Fault.Isolation("a1", SECOND),
            new Fault.LinkCut("a1", "b1", SECOND),
            new Fault.DeathAtDiskCall("c1", 2, false, SECOND),
            new Fault.DeathAtDiskCall("c1", 4, false, SECOND));
    assertThat(arrives()).isFalse();
    assertThat(injector.metByKind()).isEqualTo(Map.of("Isolation", 1, "LinkCut", 1));
    for (int life = 1; life <= 2; life++) {
      DiskFile file = world.disk("c1").mount(new Incarnation("c1", life)).open("log " + life);
      assertThatThrownBy(() -> file.append(new byte[1])).isInstanceOf(ServerDied.class);
      time.runUntil(time.nanos() + SECOND.multipliedBy(2).toNanos());
    }
    assertThat(injector.metByKind()).containsEntry("DeathAtDiskCall", 2);
  }

  @Test
  void aFaultOfAServerThatIsNotThereIsRefused() {
    Injector injector = start();
    assertThatThrownBy(() -> injector.make(new Fault.LinkCut("a1", "z9", SECOND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("server must be one of [a1, b1, c1], but was \"z9\": correct it");
    assertThat(injector.unmet()).isEmpty();
  }

  @Test
  void theClockOfAServerThatIsDownMisleadsNobody() {
    world.up.remove("a1");
    Injector injector =
        start(new Fault.ClockDrift("a1", 100, SECOND), new Fault.ClockJump("a1", SECOND));
    assertThat(injector.metByKind()).isEmpty();
  }

  @Test
  void aSurgeIsMetByTheFirstRequestThatItBrings() {
    Injector injector = start(new Fault.Surge(5, SECOND));
    assertThat(injector.metByKind()).isEmpty();
    world.load.met();
    assertThat(injector.metByKind()).isEqualTo(Map.of("Surge", 1));
  }

  private boolean arrives() {
    return arrives("a1", "b1");
  }

  private boolean arrives(String from, String to) {
    boolean[] arrived = {false};
    for (int i = 0; i < 10; i++) {
      world.network.send(new Incarnation(from, 0), to, 0, () -> arrived[0] = true);
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

  private final class World implements FaultTarget {

    private final Set<String> up = new TreeSet<>(SERVERS);
    private final Set<String> joined = new TreeSet<>(SERVERS);
    private final Map<String, Duration> paused = new TreeMap<>();
    private final Overlapping<Integer> load = new Overlapping<>(1);
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
    public boolean hasJoined(String server) {
      return joined.contains(server);
    }

    @Override
    public void crash(String server, boolean powerLoss, Duration down) {
      up.remove(server);
      time.after(down.toNanos(), () -> up.add(server));
    }

    @Override
    public void pause(String server, Duration lasts) {
      paused.put(server, lasts);
    }

    @Override
    public void resume(String server) {
      paused.remove(server);
    }

    @Override
    public void spreadEvidence(String server) {}

    @Override
    public Overlapping<Integer> load() {
      return load;
    }

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
