package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private final Membership membership = new Membership(List.of("a1", "b1"), 0);

  @Test
  void theFirstWordOfAServerBringsItIn() {
    assertThat(membership.state("b1", 0)).isEqualTo(ServerState.STARTING);
    assertThat(membership.heard(says("b1", 7, ServerState.READY), 0))
        .isEqualTo(Membership.Transition.BACK);
    assertThat(membership.heard(says("b1", 7, ServerState.READY), 1))
        .isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.state("b1", 2)).isEqualTo(ServerState.READY);
  }

  @Test
  void aSilentServerIsSuspect() {
    membership.heard(says("b1", 7, ServerState.READY), 0);
    assertThat(membership.state("b1", 1500)).isEqualTo(ServerState.READY);
    assertThat(membership.state("b1", 1501)).isEqualTo(ServerState.SUSPECT);
  }

  @Test
  void whoFallsSilentIsNamedOnceUntilItSpeaksAgain() {
    membership.heard(says("b1", 7, ServerState.READY), 100);
    assertThat(membership.fallenSilent(1501)).containsExactly("a1"); // it has never said a word
    assertThat(membership.fallenSilent(1601)).containsExactly("b1");
    assertThat(membership.fallenSilent(1602)).isEmpty();
    assertThat(membership.heard(says("b1", 7, ServerState.READY), 1700))
        .isEqualTo(Membership.Transition.BACK);
    assertThat(membership.fallenSilent(3200)).isEmpty();
    assertThat(membership.fallenSilent(3201)).containsExactly("b1");
  }

  @Test
  void lateWordsOfADeadIncarnationAreNotBelieved() {
    membership.heard(says("b1", 7, ServerState.READY), 0);
    assertThat(membership.ended("b1", 7)).isEqualTo(Membership.Transition.GONE);
    assertThat(membership.ended("b1", 7)).isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.heard(says("b1", 7, ServerState.READY), 1))
        .isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.state("b1", 1)).isEqualTo(ServerState.DEAD);
    assertThat(membership.heard(says("b1", 8, ServerState.STARTING), 2))
        .isEqualTo(Membership.Transition.BACK);
    assertThat(membership.state("b1", 2)).isEqualTo(ServerState.STARTING);
  }

  @Test
  void evidenceAgainstAnOldIncarnationDoesNotHurtTheNewOne() {
    membership.heard(says("b1", 8, ServerState.READY), 0);
    assertThat(membership.ended("b1", 7)).isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.state("b1", 1)).isEqualTo(ServerState.READY);
  }

  @Test
  void aNewConnectionTakesEvidenceBack() {
    membership.heard(says("b1", 7, ServerState.READY), 0);
    membership.ended("b1", 7);
    assertThat(membership.connected("b1", 7)).isEqualTo(Membership.Transition.BACK);
    assertThat(membership.state("b1", 1)).isEqualTo(ServerState.READY);
  }

  @Test
  void anIncarnationThatDiedBeforeItsFirstWordIsSeenDead() {
    membership.heard(says("b1", 7, ServerState.READY), 0);
    membership.ended("b1", 7);
    assertThat(membership.connected("b1", 8)).isEqualTo(Membership.Transition.BACK);
    assertThat(membership.state("b1", 1)).isEqualTo(ServerState.STARTING);
    assertThat(membership.ended("b1", 8)).isEqualTo(Membership.Transition.GONE);
    assertThat(membership.state("b1", 2)).isEqualTo(ServerState.DEAD);
  }

  @Test
  void nobodyLeadsWhoIsDead() {
    membership.heard(
        new StatusGossip(
            "b1",
            70,
            7,
            0,
            ServerState.READY,
            "",
            "1",
            List.of(new StatusGossip.Lead("till", 0, 3, 3))),
        0);
    assertThat(membership.leading()).hasSize(1);
    membership.ended("b1", 7);
    assertThat(membership.leading()).isEmpty();
  }

  @Test
  void strangersAreNotCounted() {
    assertThat(membership.heard(says("x", 1, ServerState.READY), 0))
        .isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.ended("x", 1)).isEqualTo(Membership.Transition.NOTHING);
    assertThat(membership.connected("x", 1)).isEqualTo(Membership.Transition.NOTHING);
  }

  private static StatusGossip says(String server, long incarnation, ServerState state) {
    return new StatusGossip(server, 70, incarnation, 0, state, "", "1", List.of());
  }
}
