package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SeedRunsTest {

  @Test
  void reportsComeInTheOrderOfTheirSeedsThoughTheFirstEndsLast() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    SeedRuns<Long> runs =
        new SeedRuns<>(
            2,
            seed -> {
              if (seed == 7) {
                awaitQuietly(second);
              }
              if (seed == 8) {
                second.countDown();
              }
              return seed;
            });
    assertThat(runs.reports(7, 50)).isEqualTo(LongStream.range(7, 57).boxed().toList());
  }

  @Test
  void aRunThatThrowsIsNamed() {
    SeedRuns<Long> runs =
        SeedRuns.onAllProcessors(seed -> {
          if (seed == 12) {
            throw new IllegalArgumentException("no such day");
          }
          return seed;
        });
    assertThatThrownBy(() -> runs.reports(10, 5))
        .hasMessage("seed 12 could not be run: java.lang.IllegalArgumentException: no such day")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
