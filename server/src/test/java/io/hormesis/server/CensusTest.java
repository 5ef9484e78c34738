package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CensusTest {
  private final Census census = new Census(List.of("a1", "b1"), 0);

  @Test
  void theFirstWordOfAServerBringsItIn() {
    assertThat(census.state("b1", 0)).isEqualTo("starting");
    assertThat(census.heard(says("b1", 7, "ready"), 0)).isEqualTo(Census.News.BACK);
    assertThat(census.heard(says("b1", 7, "ready"), 1)).isEqualTo(Census.News.NOTHING);
    assertThat(census.state("b1", 2)).isEqualTo("ready");
  }

  @Test
  void aSilentServerIsSuspect() {
    census.heard(says("b1", 7, "ready"), 0);
    assertThat(census.state("b1", 1500)).isEqualTo("ready");
    assertThat(census.state("b1", 1501)).isEqualTo("suspect");
  }

  @Test
  void whoFallsSilentIsNamedOnceUntilItSpeaksAgain() {
    census.heard(says("b1", 7, "ready"), 100);
    assertThat(census.fallenSilent(1501)).containsExactly("a1"); // it has never said a word
    assertThat(census.fallenSilent(1601)).containsExactly("b1");
    assertThat(census.fallenSilent(1602)).isEmpty();
    assertThat(census.heard(says("b1", 7, "ready"), 1700)).isEqualTo(Census.News.BACK);
    assertThat(census.fallenSilent(3200)).isEmpty();
    assertThat(census.fallenSilent(3201)).containsExactly("b1");
  }

  @Test
  void lateWordsOfADeadIncarnationAreNotBelieved() {
    census.heard(says("b1", 7, "ready"), 0);
    assertThat(census.ended("b1", 7)).isEqualTo(Census.News.GONE);
    assertThat(census.ended("b1", 7)).isEqualTo(Census.News.NOTHING);
    assertThat(census.heard(says("b1", 7, "ready"), 1)).isEqualTo(Census.News.NOTHING);
    assertThat(census.state("b1", 1)).isEqualTo("dead");
    assertThat(census.heard(says("b1", 8, "starting"), 2)).isEqualTo(Census.News.BACK);
    assertThat(census.state("b1", 2)).isEqualTo("starting");
  }

  @Test
  void evidenceAgainstAnOldIncarnationDoesNotHurtTheNewOne() {
    census.heard(says("b1", 8, "ready"), 0);
    assertThat(census.ended("b1", 7)).isEqualTo(Census.News.NOTHING);
    assertThat(census.state("b1", 1)).isEqualTo("ready");
  }

  @Test
  void aNewConnectionTakesEvidenceBack() {
    census.heard(says("b1", 7, "ready"), 0);
    census.ended("b1", 7);
    assertThat(census.connected("b1", 7)).isEqualTo(Census.News.BACK);
    assertThat(census.state("b1", 1)).isEqualTo("ready");
  }

  @Test
  void anIncarnationThatDiedBeforeItsFirstWordIsSeenDead() {
    census.heard(says("b1", 7, "ready"), 0);
    census.ended("b1", 7);
    assertThat(census.connected("b1", 8)).isEqualTo(Census.News.BACK);
    assertThat(census.state("b1", 1)).isEqualTo("starting");
    assertThat(census.ended("b1", 8)).isEqualTo(Census.News.GONE);
    assertThat(census.state("b1", 2)).isEqualTo("dead");
  }

  @Test
  void nobodyLeadsWhoIsDead() {
    census.heard(
        new Announcement(
            "b1", 7, "ready", "", "1", List.of(new Announcement.Lead("till", 0, 3, 3))),
        0);
    assertThat(census.leading()).hasSize(1);
    census.ended("b1", 7);
    assertThat(census.leading()).isEmpty();
  }

  @Test
  void strangersAreNotCounted() {
    assertThat(census.heard(says("x", 1, "ready"), 0)).isEqualTo(Census.News.NOTHING);
    assertThat(census.ended("x", 1)).isEqualTo(Census.News.NOTHING);
    assertThat(census.connected("x", 1)).isEqualTo(Census.News.NOTHING);
  }

  private static Announcement says(String server, long pid, String state) {
    return new Announcement(server, pid, state, "", "1", List.of());
  }
}
