package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final long MILLI = 1_000_000;
  private final Gaps gaps = new Gaps();

  @Test
  void aGapLastsFromTheIntendedSendToTheNextRealReplyOfThePlace() {
    gaps.asked("desk/0", 10 * MILLI);
    gaps.asked("desk/0", 20 * MILLI);
    gaps.replied("desk/0", 250 * MILLI);
    assertThat(gaps.longestMillis(1_000 * MILLI)).isEqualTo(Map.of("desk/0", 240L));
  }

  @Test
  void aReplyToAnyRequestOfThePlaceEndsTheGap() {
    gaps.asked("desk/0", 0); // never answered itself
    gaps.asked("desk/0", 5 * MILLI);
    gaps.replied("desk/0", 7 * MILLI);
    assertThat(gaps.longestMillis(9_000 * MILLI)).containsEntry("desk/0", 7L);
  }

  @Test
  void placesDoNotAnswerForEachOther() {
    gaps.asked("desk/0", 0);
    gaps.replied("desk/1", 3 * MILLI);
    assertThat(gaps.longestMillis(2_000 * MILLI)).containsEntry("desk/0", 2_000L);
  }

  @Test
  void aRequestWhosePlaceBecomesKnownLateStillCounts() {
    gaps.replied("desk/0", 100 * MILLI);
    gaps.replied("desk/0", 900 * MILLI);
    gaps.asked("desk/0", 200 * MILLI);
    assertThat(gaps.longestMillis(1_000 * MILLI)).containsEntry("desk/0", 700L);
  }

  @Test
  void agreesWithALookAtAllPairsInAnyOrderOfTelling() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var asked = new ArrayList<Long>();
      var replied = new ArrayList<Long>();
      var mine = new Gaps();
      long now = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextLong(20) * MILLI;
        if (random.nextBoolean()) {
          mine.replied("p", now);
          replied.add(now);
        } else {
          long intended = Math.max(0, now - random.nextLong(300) * MILLI);
          mine.asked("p", intended);
          asked.add(intended);
        }
      }
      long end = now;
      long expected =
          asked.stream()
              .mapToLong(
                  it -> replied.stream().filter(r -> r >= it).min(Long::compare).orElse(end) - it)
              .max()
              .orElse(0);
      assertThat(mine.longestMillis(end)).as("seed %d", seed).containsEntry("p", expected / MILLI);
    }
  }
}
