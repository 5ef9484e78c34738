package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
  private static final int SEEDS = 1000;

  @Test
  void pausesGrowFromEndToEndUpToALimitWithJitter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RestartPolicy policy = new RestartPolicy(new SplittableRandom(seed));
      long[] middles = {100, 400, 1600, 3000, 3000};
      for (int i = 0; i < middles.length; i++) {
        Optional<Duration> pause = policy.ended(false, i);
        assertThat(pause).as("seed %d, end %d", seed, i).isPresent();
        assertThat(pause.get().toMillis())
            .as("seed %d, end %d", seed, i)
            .isBetween(middles[i] * 4 / 5, middles[i] * 6 / 5);
      }
    }
  }

  @Test
  void serversThatEndTogetherDoNotStartTogether() {
    long different =
        java.util.stream.LongStream.range(0, SEEDS)
            .mapToObj(seed -> new RestartPolicy(new SplittableRandom(seed)).ended(false, 0))
            .distinct()
            .count();
    assertThat(different).isGreaterThan(20);
  }

  @Test
  void aServerThatEndsTooOftenStaysDown() {
    RestartPolicy policy = new RestartPolicy(new SplittableRandom(1));
    for (int i = 0; i < RestartPolicy.MOST_ENDS; i++) {
      assertThat(policy.ended(false, i * 1000L)).isPresent();
    }
    assertThat(policy.ended(false, 29_000)).isEmpty();
  }

  @Test
  void endsOfLongAgoDoNotCount() {
    RestartPolicy policy = new RestartPolicy(new SplittableRandom(1));
    for (int i = 0; i < 100; i++) {
      assertThat(policy.ended(false, i * 6_001L)).as("end %d", i).isPresent();
    }
  }

  @Test
  void killsThatWereOrderedDoNotCount() {
    RestartPolicy policy = new RestartPolicy(new SplittableRandom(1));
    for (int i = 0; i < 100; i++) {
      Optional<Duration> pause = policy.ended(true, i);
      assertThat(pause).isPresent();
      assertThat(pause.get()).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
    }
    assertThat(policy.ended(false, 100)).isPresent();
  }
}
