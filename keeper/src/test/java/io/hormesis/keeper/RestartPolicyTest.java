package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.keeper.RestartPolicy.Restart;
import io.hormesis.keeper.RestartPolicy.State;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
  private static final int SEEDS = 1000;

  private final RestartPolicy policy = new RestartPolicy(new SplittableRandom(1));

  @Test
  void pausesGrowFromEndToEndUpToALimitWithJitter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RestartPolicy drawn = new RestartPolicy(new SplittableRandom(seed));
      long[] middles = {500, 2000, 3000, 3000, 3000};
      for (int i = 0; i < middles.length; i++) {
        assertAbout(drawn.ended(false, i), middles[i], State.RESTARTING);
      }
    }
  }

  @Test
  void serversThatEndTogetherDoNotStartTogether() {
    long different =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> new RestartPolicy(new SplittableRandom(seed)).ended(false, 0))
            .distinct()
            .count();
    assertThat(different).isGreaterThan(20);
  }

  @Test
  void aServerThatEndsTooOftenIsTriedEverMoreSlowlyAndNeverLeftOut() {
    long now = endTooOften();
    long[] middles = {20_000, 40_000, 80_000, 160_000, 300_000};
    for (long middle : middles) {
      now = endSoonAfterAStart(now, middle);
    }
    for (int i = 0; i < 1000; i++) {
      now = endSoonAfterAStart(now, 300_000);
    }
  }

  @Test
  void aServerThatLivesForLongAgainIsRestartedAtOnceAgain() {
    long now = endTooOften() + 10_000;
    policy.started(now);
    assertAbout(policy.ended(false, now + RestartPolicy.WITHIN_MILLIS), 500, State.RESTARTING);
    assertAbout(policy.ended(false, now + RestartPolicy.WITHIN_MILLIS + 1), 2000, State.RESTARTING);
  }

  @Test
  void aServerThatEndsTooOftenOnceMoreBacksOffFromTheBeginning() {
    long now = endSoonAfterAStart(endTooOften(), 20_000) + 10_000;
    policy.started(now);
    now += RestartPolicy.WITHIN_MILLIS;
    for (int i = 0; i < RestartPolicy.MOST_ENDS; i++) {
      assertThat(policy.ended(false, now + i).state()).isEqualTo(State.RESTARTING);
    }
    assertAbout(policy.ended(false, now + 10), 10_000, State.BACKING_OFF);
  }

  @Test
  void aLifeThatIsJustTooShortGoesOnBackingOff() {
    long now = endTooOften() + 10_000;
    policy.started(now);
    assertAbout(
        policy.ended(false, now + RestartPolicy.WITHIN_MILLIS - 1), 20_000, State.BACKING_OFF);
  }

  @Test
  void aServerThatCannotStartBacksOffAtOnce() {
    assertAbout(policy.cannotStart(), 10_000, State.BACKING_OFF);
    assertAbout(policy.cannotStart(), 20_000, State.BACKING_OFF);
    policy.started(100_000);
    assertAbout(policy.ended(false, 100_001), 40_000, State.BACKING_OFF);
  }

  /** Pauses are a part of the time within which it ends too often. */
  @Test
  void aServerThatAlwaysEndsLateInItsStartIsFoundOut() {
    long now = 0;
    for (int i = 0; i < RestartPolicy.MOST_ENDS; i++) {
      Restart restart = policy.ended(false, now);
      assertThat(restart.state()).isEqualTo(State.RESTARTING);
      policy.started(now + restart.pause().toMillis());
      now += restart.pause().toMillis() + 5_000;
    }
    assertThat(policy.ended(false, now).state()).isEqualTo(State.BACKING_OFF);
  }

  @Test
  void endsOfLongAgoDoNotCount() {
    for (int i = 0; i < 100; i++) {
      assertThat(policy.ended(false, i * 8_001L).state())
          .as("end %d", i)
          .isEqualTo(State.RESTARTING);
    }
  }

  @Test
  void killsThatWereExpectedDoNotCount() {
    for (int i = 0; i < 100; i++) {
      assertAbout(policy.ended(true, i), 500, State.RESTARTING);
    }
    assertAbout(policy.ended(false, 100), 500, State.RESTARTING);
  }

  @Test
  void aKillWhileBackingOffChangesNothingOfThat() {
    long now = endTooOften() + 10_000;
    policy.started(now);
    assertAbout(policy.ended(true, now + 1), 500, State.RESTARTING);
    policy.started(now + 100);
    assertAbout(policy.ended(false, now + 200), 20_000, State.BACKING_OFF);
  }

  /** The time of the end that was one too many. */
  private long endTooOften() {
    for (int i = 0; i < RestartPolicy.MOST_ENDS; i++) {
      policy.started(i * 1000L);
      assertThat(policy.ended(false, i * 1000L + 1).state()).isEqualTo(State.RESTARTING);
    }
    assertAbout(policy.ended(false, 29_000), 10_000, State.BACKING_OFF);
    return 29_000;
  }

  private long endSoonAfterAStart(long before, long expectedPause) {
    long started = before + 400_000;
    policy.started(started);
    assertAbout(policy.ended(false, started + 100), expectedPause, State.BACKING_OFF);
    return started + 100;
  }

  private static void assertAbout(Restart restart, long middle, State state) {
    assertThat(restart.state()).isEqualTo(state);
    assertThat(restart.pause())
        .isBetween(Duration.ofMillis(middle * 4 / 5), Duration.ofMillis(middle * 6 / 5));
  }
}
