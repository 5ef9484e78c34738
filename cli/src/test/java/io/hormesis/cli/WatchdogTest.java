package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.WorldThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When code of an application is held for one that does not come back, and when it is not. */
final class WatchdogTest {
  private static final int MANY = 100;

  private final List<String> barks = new ArrayList<>();
  private final AtomicLong progress = new AtomicLong();

  @Test
  void codeThatStaysWhileItsWorldStandsStillIsNamedAfterThirtyLooks() {
    Watchdog watchdog = of(Optional.of("town.Teller.on (Teller.java:31) in seed 7"));
    within(
        "seed 7",
        () -> {
          assertThat(looks(watchdog, 30)).isFalse();
          assertThat(barks).isEmpty();
          assertThat(looks(watchdog, 1)).isTrue();
        });
    assertThat(barks)
        .containsExactly(
            "application must let its code come back, but town.Teller.on (Teller.java:31) in seed 7 has not for 30 s: end its loop, or let it ask and await");
  }

  @Test
  void aWorldThatGetsOnIsLeftAlone() {
    Watchdog watchdog = of(Optional.of("somewhere"));
    within(
        "seed 7",
        () -> {
          for (int time = 0; time < MANY; time++) {
            assertThat(looks(watchdog, 20)).isFalse();
            progress.incrementAndGet();
          }
        });
    assertThat(barks).isEmpty();
  }

  @Test
  void aWorldThatIsInOurOwnCodeIsLeftAlone() {
    Watchdog watchdog = of(Optional.empty());
    within("seed 7", () -> assertThat(looks(watchdog, MANY)).isFalse());
    assertThat(barks).isEmpty();
  }

  @Test
  void aWorldThatHasEndedIsForgotten() {
    Watchdog watchdog = of(Optional.of("somewhere"));
    for (int time = 0; time < MANY; time++) {
      within("seed 7", () -> assertThat(looks(watchdog, 20)).isFalse());
    }
    assertThat(barks).isEmpty();
  }

  private Watchdog of(Optional<String> place) {
    return new Watchdog(_ -> place, barks::add);
  }

  /** Whether one of so many looks found something. */
  private static boolean looks(Watchdog watchdog, int looks) {
    boolean found = false;
    for (int look = 0; look < looks; look++) {
      found |= watchdog.look();
    }
    return found;
  }

  private void within(String world, Runnable test) {
    WorldThread.run(
        world,
        progress::get,
        () -> {
          test.run();
          return true;
        });
  }
}
