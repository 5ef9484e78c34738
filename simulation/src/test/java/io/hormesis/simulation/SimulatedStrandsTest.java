package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedStrandsTest {

  private final VirtualTime time = new VirtualTime();
  private final Incarnation life = new Incarnation("a1", 0);
  private final List<Throwable> failures = new ArrayList<>();
  private final SimulatedStrands strands =
      new SimulatedStrands(
          time,
          new SimulatedClock(time, Duration.ZERO),
          Dice.of(1, "strands"),
          life,
          failures::add);
  private final List<Integer> seen = new ArrayList<>();

  @Test
  void tasksOfAStrandRunInTheirOrderAndNeverInsideEachOther() {
    Strand strand = strands.open("one");
    strand.execute(() -> {
      strand.execute(() -> seen.add(3));
      seen.add(1);
    });
    strand.execute(() -> seen.add(2));
    time.runUntil(Duration.ofSeconds(1).toNanos());
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void aTaskThatTakesLongHoldsItsOwnStrandOnly() {
    Strand busy = strands.open("busy");
    busy.execute(() -> time.spend(1_000_000));
    busy.execute(() -> seen.add(2));
    time.at(500_000, () -> strands.open("free").execute(() -> seen.add(1)));
    time.runUntil(900_000);
    assertThat(seen).containsExactly(1);
    time.runUntil(2_000_000);
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void whatALongTaskHandsOverKeepsAnIdleStrandFromNothing() {
    Strand idle = strands.open("idle");
    strands
        .open("busy")
        .execute(() -> {
          time.spend(1_000_000);
          idle.execute(() -> seen.add(2));
        });
    time.at(500_000, () -> idle.execute(() -> seen.add(1)));
    time.runUntil(900_000);
    assertThat(seen).containsExactly(1);
    time.runUntil(2_000_000);
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void aTimerRunsAfterItsDelayUnlessItIsCancelled() {
    Strand strand = strands.open("one");
    strand.schedule(Duration.ofMillis(5), () -> seen.add(1));
    strand.schedule(Duration.ofMillis(5), () -> seen.add(2)).cancel();
    time.runUntil(4_999_999);
    assertThat(seen).isEmpty();
    time.runUntil(6_000_000);
    assertThat(seen).containsExactly(1);
  }

  @Test
  void nothingRunsAfterTheEndOfTheLife() {
    Strand strand = strands.open("one");
    strand.execute(() -> life.end(time.nanos()));
    IntStream.range(0, 3).forEach(i -> strand.execute(() -> seen.add(i)));
    strand.schedule(Duration.ofMillis(1), () -> seen.add(9));
    time.runUntil(Duration.ofSeconds(1).toNanos());
    assertThat(seen).isEmpty();
  }

  @Test
  void nothingRunsDuringAPauseAndEverythingAfterIt() {
    Strand strand = strands.open("one");
    strands.pauseUntil(1_000_000);
    strand.execute(() -> seen.add(1));
    time.runUntil(999_999);
    assertThat(seen).isEmpty();
    time.runUntil(1_000_000);
    assertThat(seen).containsExactly(1);
  }

  @Test
  void aPauseEndsEarlyWhenItIsEndedAndALaterOneHolds() {
    Strand strand = strands.open("one");
    strands.pauseUntil(5_000_000);
    strand.execute(() -> seen.add(1));
    time.runUntil(1_000_000);
    strands.resume();
    time.runUntil(1_000_000);
    assertThat(seen).containsExactly(1);
    strands.pauseUntil(9_000_000);
    time.runUntil(5_000_000);
    strand.execute(() -> seen.add(2));
    time.runUntil(8_999_999);
    assertThat(seen).containsExactly(1);
    time.runUntil(9_000_000);
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void aFailedTaskIsToldAndTheNextOneRuns() {
    Strand strand = strands.open("one");
    IllegalStateException failure = new IllegalStateException("broken");
    strand.execute(() -> {
      throw failure;
    });
    strand.execute(() -> seen.add(1));
    time.runUntil(1_000_000);
    assertThat(failures).containsExactly(failure);
    assertThat(seen).containsExactly(1);
  }
}
