package io.hormesis.replication;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BootstrapStateTest {

  private static final GroupPlan PLAN = new GroupPlan(World.GROUP, World.SERVERS);

  private static BootstrapState empty(String server, String incarnation) {
    Endpoint self = new Endpoint(server + "#" + incarnation);
    return BootstrapState.of(PLAN, server, BootstrapState.Stage.EMPTY, self, Optional.empty());
  }

  private static BootstrapState on(BootstrapState birth, BootstrapState from) {
    return birth.on(from.server(), from.hello(), () -> "id");
  }

  private static List<BootstrapState> storedByAll() {
    BootstrapState a = on(on(empty("a1", "1"), empty("b1", "1")), empty("c1", "1"));
    BootstrapState b = on(empty("b1", "1"), a);
    BootstrapState c = on(empty("c1", "1"), a);
    return List.of(a, b, c);
  }

  @Test
  void firstInRankDrawsTheIdWhenItKnowsAllNames() {
    BootstrapState a = on(empty("a1", "1"), empty("b1", "1"));
    assertThat(a.stage()).isEqualTo(BootstrapState.Stage.EMPTY);
    assertThat(a.awaited()).containsExactly("c1");
    a = on(a, empty("c1", "1"));
    assertThat(a.stage()).isEqualTo(BootstrapState.Stage.STORED);
    assertThat(a.group().orElseThrow())
        .isEqualTo(
            new BootstrapState.Group(
                "id", List.of(new Endpoint("a1#1"), new Endpoint("b1#1"), new Endpoint("c1#1"))));
    assertThat(on(on(empty("b1", "1"), empty("a1", "1")), empty("c1", "1")).stage())
        .isEqualTo(BootstrapState.Stage.EMPTY);
  }

  @Test
  void groupIsBornWhenAllHaveStoredIt() {
    List<BootstrapState> all = storedByAll();
    BootstrapState b = on(all.get(1), all.get(0));
    assertThat(b.stage()).isEqualTo(BootstrapState.Stage.STORED);
    assertThat(b.awaited()).containsExactly("c1");
    assertThat(on(b, all.get(2)).stage()).isEqualTo(BootstrapState.Stage.BORN);
  }

  @Test
  void storedMemberIsBornWhenAnotherIs() {
    List<BootstrapState> all = storedByAll();
    BootstrapState a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(a.stage()).isEqualTo(BootstrapState.Stage.BORN);
    assertThat(on(all.get(1), a).stage()).isEqualTo(BootstrapState.Stage.BORN);
  }

  @Test
  void emptyMemberOfABornGroupStaysOutAndSaysWhy() {
    List<BootstrapState> all = storedByAll();
    BootstrapState a = on(on(all.get(0), all.get(1)), all.get(2));
    BootstrapState wiped = on(empty("b1", "2"), a);
    assertThat(wiped.stage()).isEqualTo(BootstrapState.Stage.FAULTED);
    assertThat(wiped.reason())
        .isEqualTo(
            "store of tax-desk/0 on b1 is empty while its group exists: a1 knows the group with"
                + " the members [a1#1, b1#1, c1#1], and this one calls itself b1#2; it stays out"
                + " of the group");
    assertThat(on(wiped, all.get(2)).stage()).isEqualTo(BootstrapState.Stage.FAULTED);
  }

  @Test
  void emptyMemberStaysOutEvenWhenTheBornKnowItsPresentName() {
    List<BootstrapState> all = storedByAll();
    BootstrapState a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(on(empty("b1", "1"), a).stage()).isEqualTo(BootstrapState.Stage.FAULTED);
  }

  @Test
  void memberWhoseDiskWasLostBeforeItStoredTheGroupIsNotLetIn() {
    BootstrapState a = storedByAll().getFirst();
    assertThat(on(empty("b1", "2"), a).stage()).isEqualTo(BootstrapState.Stage.FAULTED);
  }

  @Test
  void bornMemberIsNotMovedByWhatOthersSay() {
    List<BootstrapState> all = storedByAll();
    BootstrapState a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(on(a, empty("b1", "2"))).isEqualTo(a);
  }

  @Test
  void storedMemberThatHearsOfAnotherBirthStaysOut() {
    BootstrapState a = storedByAll().getFirst();
    BootstrapState.Group other =
        new BootstrapState.Group("other", a.group().orElseThrow().members());
    BootstrapState after =
        a.on(
            "b1",
            new BootstrapState.BootstrapMessage(
                BootstrapState.Stage.STORED, new Endpoint("b1#1"), Optional.of(other)),
            () -> "x");
    assertThat(after.stage()).isEqualTo(BootstrapState.Stage.FAULTED);
    assertThat(after.reason())
        .contains("is of another birth while its group exists")
        .contains("another birth of it is known to b1: id other");
  }

  @Test
  void groupOfOneIsBornAlone() {
    GroupPlan alone = new GroupPlan(World.GROUP, List.of("a1"));
    BootstrapState birth =
        BootstrapState.of(
            alone, "a1", BootstrapState.Stage.EMPTY, new Endpoint("a1#1"), Optional.empty());
    assertThat(birth.drawn(() -> "id").stage()).isEqualTo(BootstrapState.Stage.BORN);
  }

  @Test
  void strangersAreNotListenedTo() {
    BootstrapState a = empty("a1", "1");
    BootstrapState.BootstrapMessage hello =
        new BootstrapState.BootstrapMessage(
            BootstrapState.Stage.EMPTY, new Endpoint("x9#1"), Optional.empty());
    assertThat(a.on("x9", hello, () -> "id")).isEqualTo(a);
    assertThat(a.on("a1", a.hello(), () -> "id")).isEqualTo(a);
  }

  @Test
  void helloSurvivesItsJourney() {
    for (BootstrapState birth : List.of(empty("a1", "1"), storedByAll().getFirst())) {
      byte[] bytes = BootstrapCodec.encode(birth.hello());
      assertThat(BootstrapCodec.decode(bytes)).isEqualTo(birth.hello());
    }
  }

  /** Members in a world of loss, doubles, crashes and lost disks. */
  private static final class Nursery {

    private final Random random;
    private final long seed;
    private final Map<String, BootstrapState> members = new HashMap<>();
    private final Map<String, BootstrapState> disks = new HashMap<>();
    private final Set<String> groupsBorn = new HashSet<>();
    private final Set<Endpoint> votersBorn = new HashSet<>();
    private final List<Object[]> wire = new ArrayList<>();
    private int incarnations;
    private int ids;
    boolean wiped;

    Nursery(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      World.SERVERS.forEach(this::comeUpEmpty);
    }

    private void comeUpEmpty(String server) {
      keep(empty(server, "i" + incarnations++));
    }

    private void keep(BootstrapState birth) {
      members.put(birth.server(), birth);
      if (birth.stage() != BootstrapState.Stage.FAULTED) {
        disks.put(birth.server(), birth);
      }
      if (birth.stage() == BootstrapState.Stage.BORN) {
        groupsBorn.add(birth.group().orElseThrow().id());
        votersBorn.add(birth.self());
        assertThat(birth.group().orElseThrow().members()).contains(birth.self());
      }
    }

    void step(boolean faults) {
      String server = World.SERVERS.get(random.nextInt(3));
      int chance = faults ? random.nextInt(100) : 50;
      if (chance < 4) {
        crash(server);
      } else if (chance == 4 && random.nextInt(10) == 0) {
        wiped = true;
        comeUpEmpty(server);
      }
      for (String other : World.SERVERS) {
        if (!other.equals(server) && (!faults || random.nextInt(3) > 0)) {
          wire.add(new Object[] {server, other, requireNonNull(members.get(server)).hello()});
        }
      }
      deliver(faults);
    }

    private void crash(String server) {
      BootstrapState disk = requireNonNull(disks.get(server));
      members.put(server, BootstrapState.of(PLAN, server, disk.stage(), disk.self(), disk.group()));
    }

    private void deliver(boolean faults) {
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count && !wire.isEmpty(); i++) {
        int at = random.nextInt(wire.size());
        Object[] message = faults && random.nextInt(5) == 0 ? wire.get(at) : wire.remove(at);
        BootstrapState target = requireNonNull(members.get((String) message[1]));
        String id = "id" + ids;
        BootstrapState after =
            target.on((String) message[0], (BootstrapState.BootstrapMessage) message[2], () -> id);
        ids++;
        keep(after.drawn(() -> id));
      }
    }

    void check() {
      assertThat(groupsBorn).as("seed %d: groups born", seed).hasSizeLessThanOrEqualTo(1);
      Map<String, Integer> names = new HashMap<>();
      votersBorn.forEach(name -> names.merge(name.server(), 1, Integer::sum));
      assertThat(names.values()).as("seed %d: names per server", seed).allMatch(n -> n == 1);
    }
  }

  @Test
  void underLossDoublesAndCrashesAGroupIsBornOnceByAll() {
    for (long seed = 1; seed <= 500; seed++) {
      Nursery nursery = new Nursery(seed);
      for (int i = 0; i < 100; i++) {
        nursery.step(true);
      }
      boolean wiped = nursery.wiped;
      for (int i = 0; i < 200; i++) {
        nursery.step(false);
      }
      nursery.check();
      if (!wiped) {
        assertThat(nursery.members.values())
            .as("seed %d", seed)
            .allMatch(birth -> birth.stage() == BootstrapState.Stage.BORN);
      }
    }
  }
}
