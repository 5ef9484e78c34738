package io.hormesis.trial;

import static io.hormesis.trial.Samples.led;
import static io.hormesis.trial.Samples.whole;
import static io.hormesis.trial.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Nemesis.Attack KILL_A = new Nemesis.Attack("a1", "leads desk/0");
  private static final SystemStatus RESTARTED = Samples.status(List.of(9L, 2L, 3L));
  private final Faults faults = new Faults();

  @Test
  void aFaultIsDetectedByTheFirstViewThatShowsTheTargetGone() {
    kill();
    assertThat(faults.seen(whole(), 1_020)).isEmpty();
    assertThat(faults.undetected()).isTrue();
    assertThat(faults.seen(with(whole(), "a1", ServerState.DEAD), 1_050))
        .containsExactly(new TrialEvent.Detected("a1", 50));
    assertThat(faults.undetected()).isFalse();
  }

  @Test
  void aFaultIsDetectedByTheFirstServerThatNoticesIt() {
    kill();
    assertThat(faults.gone("b1", 1_010)).isEmpty();
    assertThat(faults.gone("a1", 1_013)).containsExactly(new TrialEvent.Detected("a1", 13));
    assertThat(faults.undetected()).isFalse();
    assertThat(faults.gone("a1", 1_014)).isEmpty();
    assertThat(faults.seen(with(whole(), "a1", ServerState.DEAD), 1_050)).isEmpty();
  }

  @Test
  void whatIsNoticedBeforeTheKillIsKnownToHaveBeenMetCountsToo() {
    faults.gone("a1", 700); // of an earlier end
    faults.striking("a1");
    faults.gone("a1", 1_008);
    faults.gone("a1", 1_030); // by another server
    assertThat(faults.killed(1_000, KILL_A, whole(), true))
        .last()
        .isEqualTo(new TrialEvent.Detected("a1", 8));
    var others = new Faults();
    others.gone("a1", 700);
    others.striking("a1");
    assertThat(others.killed(1_000, KILL_A, whole(), true)).hasSize(1);
    assertThat(others.undetected()).isTrue();
  }

  @Test
  void anotherLeaderOrAnotherProcessIsEvidenceToo() {
    kill();
    faults.seen(led(whole(), 0, "b1", 2), 1_070);
    assertThat(report().detectedMillis()).hasValue(70);
    var others = new Faults();
    others.killed(1_000, KILL_A, whole(), true);
    others.seen(RESTARTED, 1_400);
    assertThat(others.reports().getFirst().detectedMillis()).hasValue(400);
  }

  @Test
  void reroutedIsTheFirstRealReplyOfTheLastPlaceThatTheTargetServed() {
    kill();
    faults.replied("desk/0", false, 990, 1_010); // asked for before the kill: says nothing
    faults.replied("desk/1", false, 1_010, 1_020); // not led by the target
    assertThat(faults.replied("guide", false, 1_010, 1_030))
        .containsExactly(new TrialEvent.Back("a1", "guide", 30));
    assertThat(report().reroutedMillis()).isEmpty();
    assertThat(faults.replied("desk/0", false, 1_040, 1_240))
        .containsExactly(new TrialEvent.Back("a1", "desk/0", 240));
    assertThat(report().reroutedMillis()).hasValue(240);
  }

  @Test
  void theFirstAcknowledgedWriteOfEveryPartitionThatTheTargetLedIsKept() {
    kill();
    faults.replied("desk/0", true, 990, 1_005); // asked for before the kill
    faults.replied("desk/0", false, 1_040, 1_240);
    faults.replied("desk/0", true, 1_050, 1_260);
    faults.replied("desk/0", true, 1_060, 1_270);
    faults.replied("guide", false, 1_010, 1_020);
    assertThat(faults.aways())
        .containsExactly(
            new TrialResult.Away(1_000, "a1", "desk/0", OptionalLong.of(240), OptionalLong.of(260)),
            new TrialResult.Away(1_000, "a1", "guide", OptionalLong.of(20), OptionalLong.empty()));
  }

  @Test
  void repairedIsFullRedundancyWithAnotherProcessInTwoViewsInARow() {
    kill();
    faults.seen(with(RESTARTED, "a1", ServerState.STARTING), 2_000);
    faults.seen(led(RESTARTED, 0, "b1", 2), 3_000);
    faults.seen(led(RESTARTED, 0, "b1", 3), 4_000);
    faults.seen(led(RESTARTED, 0, "b1", 2), 4_100); // the view before was old
    faults.seen(led(RESTARTED, 0, "b1", 3), 5_000);
    assertThat(faults.allRepaired()).isFalse();
    assertThat(faults.seen(led(RESTARTED, 0, "b1", 3), 5_100))
        .containsExactly(new TrialEvent.Repaired("a1", 4_000));
    assertThat(faults.allRepaired()).isTrue();
    assertThat(report().repairedMillis()).hasValue(4_000);
  }

  @Test
  void anOldViewOfTheKilledProcessIsNoRepair() {
    kill();
    faults.seen(whole(), 1_010);
    faults.seen(whole(), 1_020);
    assertThat(faults.allRepaired()).isFalse();
  }

  @Test
  void aFaultThatWasNotMetIsReportedAsSuchAndWaitedForByNobody() {
    faults.killed(1_000, KILL_A, whole(), false);
    faults.seen(with(whole(), "a1", ServerState.DEAD), 1_050);
    faults.replied("desk/0", false, 1_040, 1_240);
    assertThat(faults.allRepaired()).isTrue();
    assertThat(faults.met()).isZero();
    assertThat(report())
        .isEqualTo(
            new Report.Fault(
                1_000,
                "kill",
                "a1",
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @Test
  void ofAServerThatLedNothingThePartitionsThatItHeldAreWatched() {
    SystemStatus before = led(whole(), 2, "b1", 3);
    faults.killed(1_000, new Nemesis.Attack("c1", "holds desk"), before, true);
    faults.replied("desk/0", false, 1_001, 1_003);
    faults.replied("desk/1", false, 1_001, 1_004);
    faults.replied("desk/2", false, 1_001, 1_005);
    assertThat(report().reroutedMillis()).hasValue(5);
  }

  private void kill() {
    assertThat(faults.killed(1_000, KILL_A, whole(), true))
        .containsExactly(
            new TrialEvent.Struck(
                1_000, "kill", "a1", "leads desk/0", List.of("desk/0", "guide"), true));
  }

  private Report.Fault report() {
    return faults.reports().getFirst();
  }
}
