package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTrackerTest {
  private static final Target REGISTRY = Target.of("registry");
  private static final Target DESK = Target.of("desk", 0);

  private final CallTracker calls =
      tracker(Map.of(REGISTRY, List.of("a1", "b1", "c1"), DESK, List.of("a1", "b1", "c1")));

  @Test
  void aCallToAPartitionGoesToItsLeader() {
    calls.leads(DESK, "b1", 1, 0);
    assertThat(calls.ask(command(1), 0)).containsExactly(send(1, "b1", 1));
  }

  @Test
  void aCallWaitsUntilALeaderIsKnown() {
    assertThat(calls.ask(command(1), 0)).isEmpty();
    assertThat(calls.leads(DESK, "c1", 3, 50)).containsExactly(send(1, "c1", 1));
  }

  @Test
  void whileNoLeaderIsKnownTheOthersAreProbed() {
    calls.ask(command(1), 0);
    assertThat(calls.wake(100)).hasSize(1).first().isInstanceOf(Effect.Send.class);
  }

  @Test
  void oldNewsOfALeaderIsNotBelieved() {
    calls.leads(DESK, "b1", 5, 0);
    calls.leads(DESK, "a1", 4, 0);
    assertThat(calls.ask(command(1), 0)).containsExactly(send(1, "b1", 1));
  }

  @Test
  void aCallInFlightToADeadLeaderGoesToTheNextOne() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    assertThat(calls.gone("b1", 30)).isEmpty();
    assertThat(calls.leads(DESK, "c1", 2, 90))
        .containsExactly(new Effect.Send(1, "c1", 2, List.of("b1")));
  }

  @Test
  void aRedirectIsFollowedAtOnce() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    assertThat(calls.responded(1, "b1", notHere("c1"), 5)).containsExactly(send(1, "c1", 1));
  }

  @Test
  void aQueryToADeadInstanceIsAskedOfAnother() {
    Effect.Send first = (Effect.Send) calls.ask(query(1), 0).getFirst();
    assertThat(calls.gone(first.server(), 20))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            Effect.Send.class, it -> assertThat(it.server()).isNotEqualTo(first.server()));
  }

  @Test
  void aQueryToASilentInstanceIsAskedOfAnother() {
    Effect.Send first = (Effect.Send) calls.ask(query(1), 0).getFirst();
    assertThat(calls.wake(500))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            Effect.Send.class, it -> assertThat(it.server()).isNotEqualTo(first.server()));
  }

  @Test
  void anInstanceWhoseServerSaysNothingIsAskedAfterAllOthersUntilItSpeaks() {
    calls.silent("a1");
    for (int call = 1; call <= 10; call++) {
      assertThat(calls.ask(query(call), 60_000)).doesNotContain(send(call, "a1", 1)).hasSize(1);
    }
    calls.silent("b1");
    calls.silent("c1");
    assertThat(calls.ask(query(11), 60_000)).hasSize(1);
    calls.back("a1", 60_000);
    assertThat(calls.ask(query(12), 60_000)).containsExactly(send(12, "a1", 1));
  }

  @Test
  void aCommandThatALivingLeaderDoesNotAnswerIsSentToItAgain() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    assertThat(calls.wake(499)).isEmpty();
    assertThat(calls.wake(500)).containsExactly(send(1, "b1", 2));
  }

  @Test
  void aQueryThatALivingLeaderDoesNotAnswerIsSentToItAgain() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(new Call(1, DESK, false, true, 2000), 0);
    assertThat(calls.wake(500)).containsExactly(send(1, "b1", 2));
    assertThat(calls.wake(2000))
        .containsExactly(
            unavailable(1, "no answer within its deadline (b1 did not answer in time)"));
  }

  @Test
  void theResponseOfAnEarlierTryIsTakenToo() {
    CallResult<byte[]> late = new CallResult.Replied<>("", new byte[] {1}, true);
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.wake(500);
    assertThat(calls.responded(1, "b1", late, 510)).containsExactly(new Effect.Finish(1, late));
    assertThat(calls.responded(1, "b1", late, 520)).isEmpty();
  }

  @Test
  void aRefusalAfterASilentTryIsNotBelieved() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.wake(500);
    assertThat(
            calls.responded(
                1,
                "b1",
                new CallResult.Refused<>("", CallResult.Cause.UNAVAILABLE, "outbox full"),
                510))
        .containsExactly(unknown(1, "outbox full"));
  }

  @Test
  void theLastTryIsKeptForTheNextLeader() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.wake(500);
    assertThat(calls.wake(1000)).isEmpty();
    assertThat(calls.leads(DESK, "c1", 2, 1300)).containsExactly(send(1, "c1", 3));
  }

  @Test
  void shortOfTheDeadlineASilentLeaderGetsTheLastTry() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.wake(500);
    calls.wake(1000);
    assertThat(calls.wake(1500)).containsExactly(send(1, "b1", 3));
    assertThat(calls.wake(1999)).isEmpty();
    assertThat(calls.wake(2000))
        .containsExactly(unknown(1, "no answer within its deadline (b1 did not answer in time)"));
  }

  @Test
  void whereNobodyIsKnownToLeadASilentMemberIsNotTheOnlyOneAsked() {
    calls.ask(command(1), 0);
    Effect.Send first = (Effect.Send) calls.wake(100).getFirst();
    assertThat(calls.wake(600)).isEmpty();
    assertThat(calls.wake(700))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            Effect.Send.class, it -> assertThat(it.server()).isNotEqualTo(first.server()));
  }

  @Test
  void silenceIsAnsweredWithinTheRetryBudget() {
    calls.leads(DESK, "b1", 1, 0);
    for (int id = 1; id <= 200; id++) {
      calls.ask(command(id), 0);
    }
    assertThat(calls.wake(500)).hasSize(50);
    assertThat(calls.wake(1000)).isEmpty();
    assertThat(calls.underWay()).isEqualTo(200);
  }

  @Test
  void aQueryThatEveryInstanceLeavesUnansweredWaitsForOneUntilItsDeadline() {
    CallTracker many = tracker(Map.of(REGISTRY, List.of("a1", "b1", "b2", "c1", "c2")));
    many.ask(query(1), 0);
    assertThat(many.wake(500)).hasSize(1);
    assertThat(many.wake(1000)).hasSize(1);
    assertThat(many.wake(1500)).isEmpty();
    CallResult<byte[]> late = new CallResult.Replied<>("", new byte[] {1}, false);
    assertThat(many.responded(1, "b1", late, 1600)).containsExactly(new Effect.Finish(1, late));
  }

  @Test
  void aCommandThatCannotBeRepeatedEndsUnknownWhenItsServerDies() {
    Call once = new Call(1, REGISTRY, true, false, 2000);
    Effect.Send sent = (Effect.Send) calls.ask(once, 0).getFirst();
    assertThat(calls.gone(sent.server(), 20)).containsExactly(unknown(1, sent.server() + " ended"));
  }

  @Test
  void anUnansweredCommandIsUnknownAtItsDeadlineAndAnUnsentOneIsRefused() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    assertThat(calls.wake(2000)).containsExactly(unknown(1, "no answer within its deadline"));
    calls.gone("a1", 2000);
    calls.gone("b1", 2000);
    calls.gone("c1", 2000);
    calls.ask(new Call(2, DESK, true, true, 4000), 2001);
    assertThat(calls.wake(4000)).containsExactly(unavailable(2, "no answer within its deadline"));
  }

  @Test
  void aRefusalAfterALostTryIsNotBelieved() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.gone("b1", 10);
    calls.leads(DESK, "c1", 2, 20);
    List<Effect> effects =
        calls.responded(
            1, "c1", new CallResult.Refused<>("", CallResult.Cause.CRASHED, "desk crashed"), 30);
    assertThat(effects).containsExactly(unknown(1, "desk crashed"));
  }

  @Test
  void aLateResponseOfAnEndedCallIsHarmless() {
    calls.ask(command(1), 0);
    calls.wake(2000);
    assertThat(calls.responded(1, "b1", new CallResult.Replied<>("", new byte[0], true), 2100))
        .isEmpty();
  }

  @Test
  void suspectsAreAskedWhenNobodyElseIsLeft() {
    calls.gone("a1", 0);
    calls.gone("b1", 0);
    calls.ask(query(1), 0);
    assertThat(calls.wake(500)).isEmpty();
    assertThat(calls.ask(query(2), 600)).containsExactly(send(2, "c1", 1));
  }

  @Test
  void aCallUnderWhichTwoServersEndedIsTriedNoMore() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    calls.gone("b1", 10);
    calls.leads(DESK, "c1", 2, 20);
    assertThat(calls.gone("c1", 30))
        .containsExactly(unknown(1, "b1 and c1 ended while they had it"));

    Effect.Send first = (Effect.Send) calls.ask(query(2), 40).getFirst();
    assertThat(first.server()).isEqualTo("a1");
    calls.back("b1", 50);
    Effect.Send second = (Effect.Send) calls.gone("a1", 60).getFirst();
    assertThat(second).isEqualTo(new Effect.Send(2, "b1", 2, List.of("a1")));
    assertThat(calls.gone("b1", 70))
        .containsExactly(
            new Effect.Finish(
                2,
                new CallResult.Refused<>(
                    "", CallResult.Cause.DEADLY, "a1 and b1 ended while they had it")));
  }

  @Test
  void whatIsShedIsNotSentAgain() {
    calls.leads(DESK, "b1", 1, 0);
    calls.ask(command(1), 0);
    CallResult<byte[]> shed = new CallResult.Refused<>("", CallResult.Cause.OVERLOADED, "too much");
    assertThat(calls.responded(1, "b1", shed, 5)).containsExactly(new Effect.Finish(1, shed));
    assertThat(calls.underWay()).isZero();
  }

  @Test
  void aStatelessCallGoesOnToAnotherInstanceWhenOneIsNotThereAnyMore() {
    Effect.Send first = (Effect.Send) calls.ask(query(1), 0).getFirst();
    assertThat(calls.responded(1, first.server(), notHere(), 5))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            Effect.Send.class, it -> assertThat(it.server()).isNotEqualTo(first.server()));
  }

  @Test
  void aServerThatJoinsTakesCallsThatWait() {
    CallTracker alone = tracker(Map.of());
    assertThat(alone.ask(query(1), 0)).isEmpty();
    assertThat(alone.placed(Map.of(REGISTRY, List.of("d1")), 10)).containsExactly(send(1, "d1", 1));
  }

  @Test
  void anInstanceThatHangsDemotesNoOtherProcessOfItsServer() {
    Target mail = Target.of("mail");
    CallTracker two = tracker(Map.of(REGISTRY, List.of("b1", "c1"), mail, List.of("b1", "c1")));
    Effect.Send first = (Effect.Send) two.ask(query(1), 0).getFirst();
    two.wake(500);
    Set<String> asked = new HashSet<>();
    for (int id = 2; id < 12; id++) {
      two.ask(new Call(id, mail, false, true, 2000), 510)
          .forEach(it -> asked.add(((Effect.Send) it).server()));
    }
    for (int id = 2; id < 12; id++) {
      assertThat(((Effect.Send) two.ask(query(100 + id), 510).getFirst()).server())
          .isNotEqualTo(first.server());
    }
    assertThat(asked).contains(first.server());
  }

  private static CallTracker tracker(Map<Target, List<String>> hosts) {
    CallTracker tracker = new CallTracker("a2");
    tracker.placed(hosts, 0);
    return tracker;
  }

  private static Effect.Send send(long call, String server, int attempt) {
    return new Effect.Send(call, server, attempt, List.of());
  }

  private static Effect.Finish unknown(long call, String reason) {
    return new Effect.Finish(call, new CallResult.Unknown<>("", reason));
  }

  private static Effect.Finish unavailable(long call, String reason) {
    return new Effect.Finish(
        call, new CallResult.Refused<>("", CallResult.Cause.UNAVAILABLE, reason));
  }

  private static CallResult<byte[]> notHere(String hint) {
    return new CallResult.Refused<>("", CallResult.Cause.NOT_HERE, "not here", Optional.of(hint));
  }

  private static CallResult<byte[]> notHere() {
    return new CallResult.Refused<>("", CallResult.Cause.NOT_HERE, "not here");
  }

  private static Call command(long id) {
    return new Call(id, DESK, true, true, 2000);
  }

  private static Call query(long id) {
    return new Call(id, REGISTRY, false, true, 2000);
  }
}
