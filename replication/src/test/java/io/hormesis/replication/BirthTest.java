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

class BirthTest {

  private static final GroupPlan PLAN = new GroupPlan(World.GROUP, World.SERVERS);

  private static Birth empty(String server, String incarnation) {
    Endpoint self = new Endpoint(server + "#" + incarnation);
    return Birth.of(PLAN, server, Birth.Stage.EMPTY, self, Optional.empty());
  }

  private static Birth on(Birth birth, Birth from) {
    return birth.on(from.server(), from.hello(), () -> "id");
  }

  private static List<Birth> storedByAll() {
    Birth a = on(on(empty("a1", "1"), empty("b1", "1")), empty("c1", "1"));
    Birth b = on(empty("b1", "1"), a);
    Birth c = on(empty("c1", "1"), a);
    return List.of(a, b, c);
  }

  @Test
  void firstInRankDrawsTheIdWhenItKnowsAllNames() {
    Birth a = on(empty("a1", "1"), empty("b1", "1"));
    assertThat(a.stage()).isEqualTo(Birth.Stage.EMPTY);
    assertThat(a.awaited()).containsExactly("c1");
    a = on(a, empty("c1", "1"));
    assertThat(a.stage()).isEqualTo(Birth.Stage.STORED);
    assertThat(a.group().orElseThrow())
        .isEqualTo(
            new Birth.Group(
                "id", List.of(new Endpoint("a1#1"), new Endpoint("b1#1"), new Endpoint("c1#1"))));
    assertThat(on(on(empty("b1", "1"), empty("a1", "1")), empty("c1", "1")).stage())
        .isEqualTo(Birth.Stage.EMPTY);
  }

  @Test
  void groupIsBornWhenAllHaveStoredIt() {
    List<Birth> all = storedByAll();
    Birth b = on(all.get(1), all.get(0));
    assertThat(b.stage()).isEqualTo(Birth.Stage.STORED);
    assertThat(b.awaited()).containsExactly("c1");
    assertThat(on(b, all.get(2)).stage()).isEqualTo(Birth.Stage.BORN);
  }

  @Test
  void storedMemberIsBornWhenAnotherIs() {
    List<Birth> all = storedByAll();
    Birth a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(a.stage()).isEqualTo(Birth.Stage.BORN);
    assertThat(on(all.get(1), a).stage()).isEqualTo(Birth.Stage.BORN);
  }

  @Test
  void emptyMemberOfABornGroupStaysOutAndSaysWhy() {
    List<Birth> all = storedByAll();
    Birth a = on(on(all.get(0), all.get(1)), all.get(2));
    Birth wiped = on(empty("b1", "2"), a);
    assertThat(wiped.stage()).isEqualTo(Birth.Stage.OUT);
    assertThat(wiped.reason())
        .isEqualTo(
            "store of tax-desk/0 on b1 is empty while its group exists: a1 knows the group with"
                + " the members [a1#1, b1#1, c1#1], and this one calls itself b1#2; it stays out"
                + " of the group");
    assertThat(on(wiped, all.get(2)).stage()).isEqualTo(Birth.Stage.OUT);
  }

  @Test
  void emptyMemberStaysOutEvenWhenTheBornKnowItsPresentName() {
    List<Birth> all = storedByAll();
    Birth a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(on(empty("b1", "1"), a).stage()).isEqualTo(Birth.Stage.OUT);
  }

  @Test
  void memberWhoseDiskWasLostBeforeItStoredTheGroupIsNotLetIn() {
    Birth a = storedByAll().getFirst();
    assertThat(on(empty("b1", "2"), a).stage()).isEqualTo(Birth.Stage.OUT);
  }

  @Test
  void bornMemberIsNotMovedByWhatOthersSay() {
    List<Birth> all = storedByAll();
    Birth a = on(on(all.get(0), all.get(1)), all.get(2));
    assertThat(on(a, empty("b1", "2"))).isEqualTo(a);
  }

  @Test
  void storedMemberThatHearsOfAnotherBirthStaysOut() {
    Birth a = storedByAll().getFirst();
    Birth.Group other = new Birth.Group("other", a.group().orElseThrow().members());
    Birth after =
        a.on(
            "b1",
            new Birth.Hello(Birth.Stage.STORED, new Endpoint("b1#1"), Optional.of(other)),
            () -> "x");
    assertThat(after.stage()).isEqualTo(Birth.Stage.OUT);
    assertThat(after.reason())
        .contains("is of another birth while its group exists")
        .contains("another birth of it is known to b1: id other");
  }

  @Test
  void groupOfOneIsBornAlone() {
    GroupPlan alone = new GroupPlan(World.GROUP, List.of("a1"));
    Birth birth = Birth.of(alone, "a1", Birth.Stage.EMPTY, new Endpoint("a1#1"), Optional.empty());
    assertThat(birth.drawn(() -> "id").stage()).isEqualTo(Birth.Stage.BORN);
  }

  @Test
  void strangersAreNotListenedTo() {
    Birth a = empty("a1", "1");
    Birth.Hello hello = new Birth.Hello(Birth.Stage.EMPTY, new Endpoint("x9#1"), Optional.empty());
    assertThat(a.on("x9", hello, () -> "id")).isEqualTo(a);
    assertThat(a.on("a1", a.hello(), () -> "id")).isEqualTo(a);
  }

  @Test
  void helloSurvivesItsJourney() {
    for (Birth birth : List.of(empty("a1", "1"), storedByAll().getFirst())) {
      byte[] bytes = BirthCodec.encode(birth.hello());
      assertThat(BirthCodec.decode(bytes)).isEqualTo(birth.hello());
    }
  }

  /** Members in a world of loss, doubles, crashes and lost disks. */
  private static final class Nursery {

    private final Random random;
    private final long seed;
    private final Map<String, Birth> members = new HashMap<>();
    private final Map<String, Birth> disks = new HashMap<>();
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

    private void keep(Birth birth) {
      members.put(birth.server(), birth);
      if (birth.stage() != Birth.Stage.OUT) {
        disks.put(birth.server(), birth);
      }
      if (birth.stage() == Birth.Stage.BORN) {
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
      Birth disk = requireNonNull(disks.get(server));
      members.put(server, Birth.of(PLAN, server, disk.stage(), disk.self(), disk.group()));
    }

    private void deliver(boolean faults) {
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count && !wire.isEmpty(); i++) {
        int at = random.nextInt(wire.size());
        Object[] message = faults && random.nextInt(5) == 0 ? wire.get(at) : wire.remove(at);
        Birth target = requireNonNull(members.get((String) message[1]));
        String id = "id" + ids;
        Birth after = target.on((String) message[0], (Birth.Hello) message[2], () -> id);
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
            .allMatch(birth -> birth.stage() == Birth.Stage.BORN);
      }
    }
  }
}
