package io.hormesis.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MonkeyTest {
  private static final int SEEDS = 1_000;
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration BLIND = Duration.ofMillis(250);
  private static final Optional<String> STEADY = Optional.empty();
  private static final Optional<String> UNSTEADY =
      Optional.of("3 of 480 requests failed in the last 3 s");

  private record Kill(Duration at, String server, String reason) {}

  @Test
  void neverKillsWhileAnythingIsAway() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Duration repair = Duration.ofMillis(500 + new SplittableRandom(seed).nextLong(12_000));
      run(seed, MINUTE, repair); // fails at the first kill while something is away
    }
  }

  @Test
  void killsFiveTimesAMinuteAtLeastWhenRepairsTakeFiveSeconds() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed, MINUTE, Duration.ofSeconds(5)))
          .as("seed %d", seed)
          .hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void shortensItsPausesWhenRepairsAreSlow() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed, MINUTE, Duration.ofSeconds(9)))
          .as("seed %d", seed)
          .hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void killsALeaderOfTheTargetInEveryRunAndSaysSo() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed, MINUTE, Duration.ofSeconds(20)))
          .as("seed %d", seed)
          .anyMatch(it -> it.reason().startsWith("leads desk/"));
    }
  }

  @Test
  void theSameSeedKillsTheSameServersAtTheSameTimes() {
    var different = new HashSet<List<Kill>>();
    for (long seed = 0; seed < 200; seed++) {
      var kills = run(seed, MINUTE, Duration.ofSeconds(4));
      assertThat(run(seed, MINUTE, Duration.ofSeconds(4))).as("seed %d", seed).isEqualTo(kills);
      different.add(kills);
    }
    assertThat(different).hasSizeGreaterThan(190);
  }

  @Test
  void everyServerIsHitInTheLongRun() {
    var hit = new HashSet<String>();
    run(1, Duration.ofMinutes(10), Duration.ofSeconds(4)).forEach(it -> hit.add(it.server()));
    assertThat(hit).containsExactlyInAnyOrder("a1", "a2", "b1", "b2", "c1", "c2");
  }

  @Test
  void isQuietBeforeTheEndSoThatTheLastRepairIsSeen() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed, MINUTE, Duration.ofSeconds(1)))
          .as("seed %d", seed)
          .allMatch(it -> it.at().compareTo(Duration.ofSeconds(54)) <= 0);
    }
  }

  @Test
  void killsInAShortRunToo() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(run(seed, Duration.ofSeconds(10), Duration.ofSeconds(4)))
          .as("seed %d", seed)
          .isNotEmpty();
    }
  }

  @Test
  void doesNotKillTwiceOnAnOldView() {
    var system = new FakeSystem(1, MINUTE, MINUTE); // nobody ever sees the first kill
    var kills = drive(new Monkey(plan(1, MINUTE)), system, MINUTE);
    assertThat(kills).hasSize(1);
  }

  @Test
  void aMissedKillIsTriedAgainAndStillOnALeader() {
    SystemStatus status = new FakeSystem(1, Duration.ZERO, Duration.ZERO).status(Duration.ZERO);
    Monkey monkey = new Monkey(plan(1, MINUTE));
    for (int missed = 0; missed < 3; missed++) {
      Move.Kill kill = null;
      for (Duration now = Duration.ZERO; kill == null; now = now.plus(TICK)) {
        Monkey.Turn turn = monkey.turn(status, STEADY, now);
        monkey = turn.next();
        kill = turn.move() instanceof Move.Kill it ? it : null;
      }
      assertThat(kill.reason()).startsWith("leads desk/");
      monkey = monkey.missed();
      assertThat(monkey.kills()).isZero();
    }
  }

  @Test
  void neverKillsWhileTheLoadIsNotSteady() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SystemStatus whole = new FakeSystem(seed, MINUTE, BLIND).status(Duration.ZERO);
      Monkey monkey = new Monkey(plan(seed, MINUTE));
      Duration unsteady = Duration.ofMillis(new SplittableRandom(seed).nextLong(30_000));
      Move move = new Move.Wait("");
      Duration now = Duration.ZERO;
      for (; move instanceof Move.Wait && now.compareTo(MINUTE) < 0; now = now.plus(TICK)) {
        boolean steady = now.compareTo(unsteady) > 0;
        Monkey.Turn turn = monkey.turn(whole, steady ? STEADY : UNSTEADY, now);
        monkey = turn.next();
        move = turn.move();
        assertThat(move.equals(new Move.Wait(UNSTEADY.orElseThrow()))).isEqualTo(!steady);
      }
      assertThat(move).as("seed %d", seed).isInstanceOf(Move.Kill.class);
      assertThat(now).as("seed %d", seed).isGreaterThan(unsteady.plusSeconds(1));
    }
  }

  @Test
  void saysWhatItWaitsFor() {
    var system = new FakeSystem(1, Duration.ofSeconds(9), Duration.ZERO);
    system.kill("b1", Duration.ZERO);
    Move move =
        new Monkey(plan(1, MINUTE)).turn(system.status(Duration.ofSeconds(1)), STEADY, TICK).move();
    assertThat(move).isEqualTo(new Move.Wait("b1 is starting"));
    move =
        new Monkey(plan(1, MINUTE)).turn(system.status(Duration.ofSeconds(7)), STEADY, TICK).move();
    assertThat(move).isEqualTo(new Move.Wait("desk/0 has leader a1 and 2 of 3 members caught up"));
  }

  @Test
  void aSenselessPlanIsRefused() {
    assertThatThrownBy(() -> plan(1, Duration.ZERO))
        .hasMessage("duration of a monkey's run must be positive, but was PT0S");
    assertThatThrownBy(() -> new MonkeyPlan(1, "desk", MINUTE, TICK, TICK, 0))
        .hasMessage("killsPerMinute must be 1 to 60, but was 0");
  }

  private static List<Kill> run(long seed, Duration duration, Duration repair) {
    return drive(new Monkey(plan(seed, duration)), new FakeSystem(seed, repair, BLIND), duration);
  }

  private static List<Kill> drive(Monkey first, FakeSystem system, Duration duration) {
    var kills = new ArrayList<Kill>();
    Monkey monkey = first;
    for (Duration now = Duration.ZERO; now.compareTo(duration) < 0; now = now.plus(TICK)) {
      Monkey.Turn turn = monkey.turn(system.status(now), STEADY, now);
      monkey = turn.next();
      if (turn.move() instanceof Move.Kill kill) {
        assertThat(system.isAway(now)).as("killed %s while one is away", kill).isFalse();
        system.kill(kill.server(), now);
        kills.add(new Kill(now, kill.server(), kill.reason()));
      }
    }
    return kills;
  }

  private static MonkeyPlan plan(long seed, Duration duration) {
    return MonkeyPlan.usual(seed, FakeSystem.TARGET, duration);
  }
}
