package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {

  private static final long LONG = 10_000_000_000L;

  private final VirtualTime time = new VirtualTime();
  private final EventLog log = EventLog.of(time);
  private final SimulatedNetwork network = new SimulatedNetwork(time, Dice.of(7, "net"), log);
  private final Incarnation sender = new Incarnation("a1", 0);
  private final List<Integer> arrived = new ArrayList<>();

  @Test
  void aWholeNetworkDeliversEverythingOnce() {
    network.usual(SimulatedNetwork.Quality.WHOLE);
    send(1000);
    time.runUntil(LONG);
    assertThat(arrived).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void aStormLosesDoublesAndReorders() {
    int[] met = {0};
    var _ = network.quality(SimulatedNetwork.Quality.STORM, () -> met[0]++);
    send(1000);
    time.runUntil(LONG);
    assertThat(new HashSet<>(arrived).size()).isBetween(600, 800);
    assertThat(arrived.size()).isGreaterThan(new HashSet<>(arrived).size());
    assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
    assertThat(met[0]).isGreaterThan(300);
  }

  @Test
  void aCutStopsWhatIsUnderWayAndIsCountedUntilItEnds() {
    network.usual(SimulatedNetwork.Quality.WHOLE);
    int[] met = {0};
    send(1);
    Runnable end = network.cut((from, to) -> from.equals("a1") && to.equals("b1"), () -> met[0]++);
    network.send(new Incarnation("b1", 0), "a1", 0, () -> arrived.add(99));
    time.runUntil(LONG);
    assertThat(arrived).containsExactly(99);
    assertThat(met[0]).isEqualTo(1);
    end.run();
    send(1);
    time.runUntil(2 * LONG);
    assertThat(arrived).containsExactly(99, 0);
  }

  @Test
  void whatATaskSentAfterItsServerDiedNeverArrives() {
    network.usual(SimulatedNetwork.Quality.WHOLE);
    time.at(
        10,
        () -> {
          send(1);
          time.spend(100);
          network.send(sender, "b1", 5, () -> arrived.add(5));
        });
    time.at(50, () -> sender.end(time.nanos()));
    time.runUntil(LONG);
    assertThat(arrived).containsExactly(0);
  }

  @Test
  void aSlowLinkDelaysWhatIsSentOnItAndNothingElse() {
    network.usual(SimulatedNetwork.Quality.WHOLE);
    int[] met = {0};
    Runnable end =
        network.slow((from, to) -> to.equals("b1"), Duration.ofMillis(200), () -> met[0]++);
    send(1);
    network.send(sender, "c1", 7, () -> arrived.add(7));
    time.runUntil(Duration.ofMillis(199).toNanos());
    assertThat(arrived).containsExactly(7);
    assertThat(met[0]).isEqualTo(1);
    end.run();
    time.runUntil(Duration.ofMillis(300).toNanos());
    assertThat(arrived).containsExactly(7, 0);
  }

  @Test
  void theHashOfTheLogShowsWhatWentAnotherWay() {
    List<Long> hashes = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      VirtualTime ownTime = new VirtualTime();
      EventLog ownLog = EventLog.of(ownTime);
      SimulatedNetwork own = new SimulatedNetwork(ownTime, Dice.of(seed, "net"), ownLog);
      for (int i = 0; i < 10; i++) {
        own.send(sender, "b1", i, () -> {});
      }
      ownTime.runUntil(LONG);
      hashes.add(ownLog.hash());
    }
    assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      network.send(sender, "b1", i, () -> arrived.add(number));
    }
  }
}
