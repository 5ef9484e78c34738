package io.hormesis.simulation;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What works on a simulated processor takes its time, and keeps others from it meanwhile. */
class ProcessorTest {
  private static final Duration STEP = ofMillis(4);
  private static final Duration TASK = ofMillis(10);

  private final VirtualTime time = new VirtualTime();
  private final Incarnation life = new Incarnation("a1", 1);
  private final List<String> seen = new ArrayList<>();

  private SimulatedStrands strands(int cores) {
    ServiceTimes times =
        new ServiceTimes(cores, TASK, TASK, Duration.ZERO, TASK, TASK, TASK, STEP, Duration.ZERO);
    return new SimulatedStrands(
        time,
        new SimulatedClock(time, Duration.ZERO),
        Dice.of(1, "strands"),
        life,
        failure -> seen.add(String.valueOf(failure.getMessage())),
        Optional.of(times));
  }

  private void passTo(long millis) {
    time.runUntil(ofMillis(millis).toNanos());
  }

  @Test
  void strandsOfOneCoreWaitForEachOther() {
    SimulatedStrands strands = strands(1);
    for (int number = 0; number < 100; number++) {
      strands.openBlocking("strand " + number).execute(() -> seen.add("done"));
    }
    passTo(500);
    assertThat(seen).hasSizeBetween(40, 60);
    passTo(1_500);
    assertThat(seen).hasSize(100);
    assertThat(strands.processor().orElseThrow().busy()).isBetween(ofMillis(900), ofMillis(1_100));
  }

  @Test
  void twoCoresDoTwiceAsMuch() {
    SimulatedStrands strands = strands(2);
    for (int number = 0; number < 100; number++) {
      strands.openBlocking("strand " + number).execute(() -> seen.add("done"));
    }
    passTo(250);
    assertThat(seen).hasSizeBetween(40, 60);
    passTo(750);
    assertThat(seen).hasSize(100);
  }

  @Test
  void aStrandDoesOneThingAfterTheOtherThoughCoresAreFree() {
    Strand strand = strands(8).openBlocking("one");
    for (int number = 0; number < 100; number++) {
      strand.execute(() -> seen.add("done"));
    }
    passTo(500);
    assertThat(seen).hasSizeBetween(40, 60);
  }

  @Test
  void strandsThatNeverBlockShareOneThread() {
    SimulatedStrands strands = strands(8);
    for (int number = 0; number < 100; number++) {
      strands.open("strand " + number).execute(() -> seen.add("done"));
    }
    passTo(500);
    assertThat(seen).hasSizeBetween(40, 60);
  }

  @Test
  void whoWaitsForADiskKeepsNoCore() {
    SimulatedStrands strands = strands(1);
    strands
        .openBlocking("disk")
        .execute(() -> {
          time.spend(ofMillis(500).toNanos());
          seen.add("forced at " + (time.nanos() >= ofMillis(500).toNanos()));
        });
    strands.openBlocking("other").execute(() -> seen.add("other"));
    passTo(31);
    assertThat(seen).containsExactly("forced at true", "other");
    assertThat(strands.processor().orElseThrow().busy()).isLessThan(ofMillis(31));
  }

  @Test
  void whatIsChargedKeepsTheNextOneWaiting() {
    SimulatedStrands strands = strands(1);
    Processor processor = strands.processor().orElseThrow();
    strands.openBlocking("one").execute(() -> processor.charge(ofMillis(100)));
    strands.openBlocking("other").execute(() -> seen.add("other"));
    passTo(50);
    assertThat(seen).isEmpty();
    passTo(200);
    assertThat(seen).containsExactly("other");
  }

  @Test
  void workersWaitForTheProcessorToo() {
    SimulatedStrands strands = strands(1);
    SimulatedWorkers workers =
        new SimulatedWorkers(time, Dice.of(1, "workers"), life, strands, _ -> {});
    for (int number = 0; number < 100; number++) {
      workers.run(() -> seen.add("done"));
    }
    passTo(200);
    assertThat(seen).hasSizeBetween(40, 60);
  }

  @Test
  void aWorkerThatWaitsForAnAnswerKeepsNoCore() {
    SimulatedStrands strands = strands(1);
    SimulatedWorkers workers =
        new SimulatedWorkers(time, Dice.of(1, "workers"), life, strands, _ -> {});
    CompletableFuture<String> answer = new CompletableFuture<>();
    workers.runWaiting(() -> seen.add(workers.await(answer, ofMillis(500)).orElse("nothing")));
    workers.run(() -> seen.add("other"));
    time.at(ofMillis(100).toNanos(), () -> answer.complete("answer"));
    passTo(50);
    assertThat(seen).containsExactly("other");
    passTo(120);
    assertThat(seen).containsExactly("other", "answer");
  }

  @Test
  void nothingIsDoneInAStandstillNorAfterTheEndOfTheLife() {
    SimulatedStrands strands = strands(1);
    strands.pauseUntil(ofMillis(100).toNanos());
    Strand strand = strands.openBlocking("one");
    strand.execute(() -> seen.add("first"));
    passTo(99);
    assertThat(seen).isEmpty();
    passTo(120);
    assertThat(seen).containsExactly("first");
    strand.execute(() -> seen.add("second"));
    life.end(time.nanos());
    passTo(500);
    assertThat(seen).containsExactly("first");
  }

  @Test
  void aTaskThatFailsIsToldAndTheNextOneIsDone() {
    Strand strand = strands(1).openBlocking("one");
    strand.execute(() -> {
      throw new IllegalStateException("broken");
    });
    strand.execute(() -> seen.add("next"));
    passTo(100);
    assertThat(seen).containsExactly("broken", "next");
  }
}
