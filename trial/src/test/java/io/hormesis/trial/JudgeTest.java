package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Processors IDLE = new Processors(2, 0.4);
  private static final Judge.Shed NONE = new Judge.Shed(0, 60);
  private static final Report.Writes FINE = new Report.Writes(500, 0, 0, 2);

  @Test
  void heldWhenNothingWasLostOrDoubledAndAKillWasMet() {
    Judge judge = judge(1_001, 1, FINE, 0, 1);
    assertThat(judge.verdict()).isEqualTo(Verdict.HELD);
    assertThat(judge.reasons()).isEmpty();
  }

  @Test
  void rejectedWhenAWriteWasLost() {
    assertRejected(
        judge(1_000, 0, new Report.Writes(9, 1, 0, 0), 0, 1), "1 acknowledged writes were lost");
  }

  @Test
  void rejectedWhenAWriteWasDoubled() {
    assertRejected(
        judge(1_000, 0, new Report.Writes(9, 0, 2, 0), 0, 1),
        "2 writes were applied more than once");
  }

  @Test
  void rejectedWhenAReplyWasNotTrue() {
    assertRejected(judge(1_000, 0, FINE, 1, 1), "1 replies were not true");
  }

  @Test
  void rejectedWhenOneInAThousandFailed() {
    assertRejected(
        judge(1_000, 1, FINE, 0, 1), "1 of 1000 requests failed, which is not under 0.1 %");
  }

  @Test
  void aMachineThatHadNoTimeLeftIsNamedWhenTooMuchFailed() {
    var requests = new Report.Requests(6_000, 5_990, 0, 0, 10, 10);
    var busy = new Processors(2, 0.98);
    assertThat(Judge.of(new Judge.Evidence(requests, NONE, FINE, 0, true, 1, busy)).reasons())
        .containsExactly(
            "10 of 6000 requests failed, which is not under 0.1 %",
            "this machine's 2 processors were 98 % busy and nothing was refused at once: perhaps more was"
                + " asked than can be done, so see ./hormesis bench capacity for how much that is");
    var fine = new Report.Requests(6_000, 6_000, 0, 0, 0, 0);
    assertThat(Judge.of(new Judge.Evidence(fine, NONE, FINE, 0, true, 1, busy)).reasons())
        .isEmpty();
  }

  @Test
  void aLoadAboveTheCapacityThatIsRefusedAtOnceBreaksNoPromise() {
    var requests = new Report.Requests(60_000, 41_390, 0, 18_600, 10, 18_610);
    var busy = new Processors(2, 0.98);
    Judge judge =
        Judge.of(new Judge.Evidence(requests, new Judge.Shed(18_600, 60), FINE, 0, false, 0, busy));
    assertThat(judge.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge.reasons())
        .containsExactly(
            "the system refused 31 % at once, as it should: its capacity here is about 690 requests/s");
  }

  @Test
  void refusalsDoNotExcuseWhatFailedOtherwise() {
    var requests = new Report.Requests(60_000, 41_000, 0, 18_600, 400, 19_000);
    Judge judge =
        Judge.of(new Judge.Evidence(requests, new Judge.Shed(18_600, 60), FINE, 0, false, 0, IDLE));
    assertThat(judge.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(judge.reasons())
        .containsExactly(
            "19000 of 60000 requests failed, which is not under 0.1 %",
            "the system refused 31 % at once, as it should: its capacity here is about 683 requests/s");
  }

  @Test
  void inconclusiveWhenNoKillWasMetAlthoughTheMonkeyWasAskedFor() {
    Judge judge = judge(1_000, 0, FINE, 0, 0);
    assertThat(judge.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge.reasons()).containsExactly("no kill was met");
  }

  @Test
  void inconclusiveWhenNothingWasWritten() {
    Judge judge = judge(0, 0, new Report.Writes(0, 0, 0, 0), 0, 1);
    assertThat(judge.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge.reasons()).containsExactly("no request was sent", "no write was acknowledged");
  }

  @Test
  void aBrokenPromiseWeighsMoreThanAMissingKill() {
    assertThat(judge(1_000, 0, new Report.Writes(9, 1, 0, 0), 0, 0).verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void withoutAMonkeyNoKillIsNeeded() {
    var seen =
        new Judge.Evidence(new Report.Requests(9, 9, 0, 0, 0, 0), NONE, FINE, 0, false, 0, IDLE);
    assertThat(Judge.of(seen).verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void everyVerdictHasItsExitStatus() {
    assertThat(Verdict.HELD.exitStatus()).isZero();
    assertThat(Verdict.REJECTED.exitStatus()).isEqualTo(3);
    assertThat(Verdict.INCONCLUSIVE.exitStatus()).isEqualTo(4);
  }

  private static void assertRejected(Judge judge, String reason) {
    assertThat(judge.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(judge.reasons()).containsExactly(reason);
  }

  private static Judge judge(
      long sent, long failed, Report.Writes writes, long contradictions, long met) {
    var requests = new Report.Requests(sent, sent - failed, 0, 0, failed, failed);
    return Judge.of(new Judge.Evidence(requests, NONE, writes, contradictions, true, met, IDLE));
  }
}
