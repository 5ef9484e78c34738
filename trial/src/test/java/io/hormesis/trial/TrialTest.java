package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.FakeTown.Breach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole trial, against a fake town over real HTTP. */
@Timeout(60)
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class TrialTest {
  private static final int REQUESTS = 100; // within a second
  private static final TrialPlan.Patience SHORT =
      new TrialPlan.Patience(
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));

  private final List<TrialEvent> events = new ArrayList<>();

  @Test
  void aTownThatKeepsItsPromisesThroughAKillHolds() throws Exception {
    TrialResult result = run(Breach.NONE, true);
    Report report = result.report();
    assertThat(report.verdict()).as("%s", result).isEqualTo(Verdict.HELD);
    assertThat(report.requests().sent()).isEqualTo(REQUESTS);
    assertThat(report.requests().replied()).isEqualTo(REQUESTS);
    assertThat(report.writes().acknowledged()).isGreaterThan(REQUESTS * 2 / 5);
    assertThat(report.faults()).hasSize(1);
    Report.Fault fault = report.faults().getFirst();
    assertThat(fault.met()).isTrue();
    assertThat(fault.detectedMillis()).isPresent();
    assertThat(fault.reroutedMillis()).isPresent();
    assertThat(fault.repairedMillis()).isPresent();
    assertThat(result.gapsMillis()).containsOnlyKeys("desk/0", "inbox");
  }

  @Test
  void aListenerHearsTheRunFromBeginningToVerdict() throws Exception {
    TrialResult result = run(Breach.NONE, true);
    assertThat(events)
        .filteredOn(it -> !(it instanceof TrialEvent.Unsteady))
        .first()
        .isEqualTo(new TrialEvent.Began(7, REQUESTS));
    assertThat(events.getLast()).isEqualTo(new TrialEvent.Judged(result));
    assertThat(events)
        .hasAtLeastOneElementOfType(TrialEvent.Seen.class)
        .hasAtLeastOneElementOfType(TrialEvent.Struck.class)
        .hasAtLeastOneElementOfType(TrialEvent.Detected.class)
        .hasAtLeastOneElementOfType(TrialEvent.Back.class)
        .hasAtLeastOneElementOfType(TrialEvent.Repaired.class)
        .hasAtLeastOneElementOfType(TrialEvent.Counting.class);
  }

  @Test
  void aLostWriteIsFound() throws Exception {
    TrialResult result = run(Breach.LOSES, true);
    assertThat(result.report().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(result.report().writes().lost()).isEqualTo(1);
    assertThat(result.findings()).anyMatch(it -> it.startsWith("lost: receipt r5 is not in desk"));
  }

  @Test
  void aDoubledWriteIsFound() throws Exception {
    TrialResult result = run(Breach.DOUBLES, true);
    assertThat(result.report().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(result.report().writes().doubled()).isEqualTo(1);
    assertThat(result.findings())
        .anyMatch(it -> it.startsWith("doubled: receipt r5 is 2 times in inbox"));
  }

  @Test
  void aNoticeThatNeverCameMakesItsWriteLost() throws Exception {
    TrialResult result = run(Breach.FORGETS_TO_TELL, true);
    assertThat(result.report().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(result.report().writes().lost()).isEqualTo(1);
    assertThat(result.findings()).anyMatch(it -> it.startsWith("lost: receipt r5 is not in inbox"));
  }

  @Test
  void aNoticeThatComesLateIsWaitedFor() throws Exception {
    assertThat(run(Breach.TELLS_LATE, true).report().verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void aWriteThatWasRefusedButIsThereIsFound() throws Exception {
    TrialResult result = run(Breach.REFUSES_BUT_KEEPS, true);
    assertThat(result.report().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(result.reasons()).containsExactly("1 replies were not true");
    assertThat(result.findings()).anyMatch(it -> it.contains("but it is there as receipt r5"));
  }

  @Test
  void aReadThatDoesNotShowAnAcknowledgedWriteIsFound() throws Exception {
    TrialResult result = run(Breach.HIDES, true);
    assertThat(result.report().verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(result.reasons()).contains("1 replies were not true");
    assertThat(result.report().writes().lost()).isZero();
  }

  @Test
  void aWriteWithoutReplyIsUnknownAndMayBeThereOnce() throws Exception {
    TrialResult result = run(Breach.HANGS_UP, true);
    Report report = result.report();
    assertThat(report.writes().unknown()).isEqualTo(1);
    assertThat(report.requests().unknown()).isEqualTo(1);
    assertThat(result.failures()).singleElement().asString().contains("POST /desk at", "no reply");
    assertThat(report.writes().lost() + report.writes().doubled()).isZero();
    assertThat(result.reasons()).startsWith("1 of 100 requests failed, which is not under 0.1 %");
  }

  @Test
  void aDefaultReplyWhereNoneIsDeclaredIsAFailure() throws Exception {
    Report report = run(Breach.DEFAULTS, true).report();
    assertThat(report.requests().defaultReplies()).isEqualTo(1);
    assertThat(report.requests().failed()).isEqualTo(1);
    assertThat(report.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void aRunWithoutAKillIsInconclusive() throws Exception {
    Report report = run(Breach.NONE, false).report();
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.faults()).allMatch(it -> !it.met());
  }

  @Test
  void aDoorThatClosesUnderLoadIsNotNoticed() throws Exception {
    try (var town = new FakeTown(Breach.NONE);
        var doors = town.client()) {
      Killer killer =
          _ -> {
            town.closeDoor(0);
            return town.kill();
          };
      TrialResult result = Trial.run(plan(town, doors::send, killer), events::add);
      assertThat(result.report().verdict()).as("%s", result).isEqualTo(Verdict.HELD);
    }
  }

  @Test
  void nothingIsTriedOnASystemThatIsNotWhole() throws Exception {
    try (var town = new FakeTown(Breach.NONE);
        var doors = town.client()) {
      SystemStatus broken = Samples.with(Samples.whole(), "b1", ServerState.DEAD);
      var target = new TrialPlan.Target(doors::send, () -> Optional.of(broken));
      var plan = new TrialPlan(load(), new TownLoad(), target, Optional.empty(), SHORT);
      assertThatThrownBy(() -> Trial.run(plan, events::add))
          .isInstanceOf(NotSteady.class)
          .hasMessage(
              "the system must be fully redundant before the load begins, but after 1 s b1 is"
                  + " dead: see `hormesis status` and the logs of the servers");
      assertThat(town.writes()).isZero();
    }
  }

  @Test
  void aWorkloadThatFailsToDrawIsNotTakenForTheEndOfTheLoad() throws Exception {
    Workload broken =
        new TownLoad() {
          private int lots = 400; // enough to warm up, not enough to end

          @Override
          public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
            if (lots-- == 0) {
              throw new IllegalStateException("out of lots");
            }
            return super.draw(run, random, acknowledged);
          }
        };
    try (var town = new FakeTown(Breach.NONE);
        var doors = town.client()) {
      var target = new TrialPlan.Target(doors::send, () -> Optional.of(town.status()));
      var load = new TrialPlan.Load(200, Duration.ofSeconds(60), 7, 1);
      var plan = new TrialPlan(load, broken, target, Optional.empty(), SHORT);
      assertThatThrownBy(() -> Trial.run(plan, events::add))
          .hasMessage("a workload must not fail to draw a call")
          .hasStackTraceContaining("out of lots");
    }
  }

  @Test
  void aStoppedTrialIsStillJudged() throws Exception {
    try (var town = new FakeTown(Breach.NONE);
        var doors = town.client()) {
      var target = new TrialPlan.Target(doors::send, () -> Optional.of(town.status()));
      var load = TrialPlan.Load.untilStopped(200, 7, 1);
      var plan = new TrialPlan(load, new TownLoad(), target, Optional.empty(), SHORT);
      var running = new AtomicReference<Trial>();
      var trial =
          new Trial(
              plan,
              event -> {
                if (event instanceof TrialEvent.Second) {
                  running.get().stop();
                }
              });
      running.set(trial);
      Report report = trial.run().report();
      assertThat(report.verdict()).isEqualTo(Verdict.HELD);
      assertThat(report.requests().sent()).isGreaterThanOrEqualTo(100);
    }
  }

  private TrialResult run(Breach breach, boolean met) throws Exception {
    try (var town = new FakeTown(breach);
        var doors = town.client()) {
      return Trial.run(plan(town, doors::send, met), events::add);
    }
  }

  private static TrialPlan plan(FakeTown town, Client doors, boolean met) {
    return plan(town, doors, _ -> met && town.kill());
  }

  private static TrialPlan plan(FakeTown town, Client doors, Killer killer) {
    var target = new TrialPlan.Target(doors, () -> Optional.of(town.status()));
    var strikes = new TrialPlan.Strikes(new OneKill(), killer);
    return new TrialPlan(load(), new TownLoad(), target, Optional.of(strikes), SHORT);
  }

  private static TrialPlan.Load load() {
    return new TrialPlan.Load(REQUESTS, Duration.ofSeconds(1), 7, 1);
  }

  /** Strikes once, after 100 ms. */
  private static final class OneKill implements Nemesis {
    private boolean done;

    @Override
    public Decision next(SystemStatus status, Optional<String> unsteadyReason, Duration at) {
      if (done || at.toMillis() < 100) {
        return new Waiting(unsteadyReason.orElse("it struck once"));
      }
      done = true;
      return new Attack("a1", "leads desk/0");
    }

    @Override
    public void missed(Attack attack) {}
  }
}
