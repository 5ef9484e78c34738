package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> lines = new ArrayList<>();
  private final EventLog log = EventLog.traced(time, lines::add);

  @Test
  void aLineBeginsWithTheVirtualTime() {
    time.runUntil(12_034_561_789L);
    log.tell("%s starts, life %d", "a1", 2);
    assertThat(lines).containsExactly("   12.034562 s  a1 starts, life 2");
  }

  @Test
  void whatIsToldIsNoEventAndChangesNoHash() {
    EventLog silent = EventLog.of(time);
    log.add(EventLog.Kind.FORCED, "a1", 7);
    silent.add(EventLog.Kind.FORCED, "a1", 7);
    log.tell("a1 is tired");
    silent.tell("a1 is tired");
    assertThat(log.hash()).isEqualTo(silent.hash());
    assertThat(log.count()).isEqualTo(1);
    assertThat(log.traced()).isTrue();
    assertThat(silent.traced()).isFalse();
    assertThat(lines).hasSize(1);
  }

  @Test
  void whatBecomesOfAMessageIsTold() {
    SimulatedNetwork network = new SimulatedNetwork(time, Dice.of(7, "net"), log);
    Incarnation sender = new Incarnation("a1", 0);
    network.usual(SimulatedNetwork.Quality.STORM);
    network.cut((_, to) -> to.equals("c1"), () -> {});
    for (int i = 0; i < 200; i++) {
      network.send(sender, i < 190 ? "b1" : "c1", i, new Hello());
    }
    sender.end(0);
    for (int i = 0; i < 20; i++) {
      time.at(1, () -> network.send(sender, "b1", 0, new Hello()));
    }
    time.runUntil(Duration.ofSeconds(2).toNanos());
    assertThat(kinds(lines))
        .contains(
            "a1 → b1  (# ms) hello",
            "a1 → b1  (late by # ms) hello",
            "a1 → b1  (doubled: # ms) hello",
            "a1 → b1  (lost) hello",
            "a1 → c1  (lost: cut) hello",
            "a1 → b1  (lost: never sent) hello");
  }

  @Test
  void forcesOfADiskAreTold() throws Exception {
    SimulatedDisk disk = new SimulatedDisk("a1", time, Dice.of(7, "disk"), log);
    var file = disk.mount(new Incarnation("a1", 1)).open("log");
    file.append(new byte[300]);
    file.force();
    file.append(new byte[5]);
    file.force();
    assertThat(lines.stream().map(it -> it.substring(16)))
        .containsExactly("a1 forces log, 300 bytes", "a1 forces log, 5 bytes");
  }

  private static List<String> kinds(List<String> lines) {
    return lines.stream().map(it -> it.substring(16).replaceAll("[0-9.]+ ms", "# ms")).toList();
  }

  /** Something to send. */
  private record Hello() implements Runnable {
    @Override
    public void run() {}

    @Override
    public String toString() {
      return "hello";
    }
  }
}
