package io.hormesis.engine.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
  private static final int PER_SECOND = 1000;
  private static final long DEADLINE = 2000;

  @Test
  void itGrowsWhileAllIsWellAndTheLimitIsReached() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 10, 100, 250);
    for (int second = 0; second < 10; second++) {
      long now = 1000L * second;
      while (limit.admit()) {
        // As many as it lets in.
      }
      for (int left = limit.underWay(); left > 0; left--) {
        limit.ended(now, now + 50, false);
      }
    }
    assertThat(limit.limit()).isGreaterThan(15).isLessThanOrEqualTo(100);
  }

  @Test
  void whatNobodyAsksForDoesNotMakeItGrow() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 10, 100, 250);
    for (int i = 0; i < 1000; i++) {
      assertThat(limit.admit()).isTrue();
      limit.ended(i * 100L, i * 100L + 20, false);
    }
    assertThat(limit.limit()).isEqualTo(10);
  }

  @Test
  void slowOnesMakeItSmallerButNeverTooSmall() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 100, 100, 250);
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      now += 20;
      limit.admit();
      limit.ended(now - 500 + 490, now, i % 2 == 0);
    }
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void aMomentInWhichNothingEndsIsNoOverload() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 100, 100, 250);
    long now = 0;
    for (int i = 0; i < 1000; i++) {
      now += 20;
      limit.admit();
      boolean stands = i % 100 < 10;
      limit.ended(stands ? now - 400 : now - 20, now, false);
    }
    assertThat(limit.limit()).isEqualTo(100);
  }

  @Test
  void impossibleLimitsAreRefused() {
    assertThatThrownBy(() -> new AdaptiveLimit(0, 1, 1, 1))
        .hasMessage(
            "limits must be 1 <= least <= first <= most with a target from 1 ms, but were 0, 1, 1 and 1 ms");
  }

  /**
   * Six edges before one machine that can do 1,000 a second: whatever is offered, it does nine
   * tenths.
   */
  @Test
  void goodputStaysWhateverIsOffered() {
    for (double offered : new double[] {1.5, 3, 10}) {
      for (int seed = 0; seed < 20; seed++) {
        Machine machine = new Machine(seed);
        machine.run((int) (offered * PER_SECOND), 20_000);
        assertThat(machine.good / 20.0)
            .as("goodput a second, %s times the capacity, seed %d", offered, seed)
            .isGreaterThan(0.9 * PER_SECOND);
        assertThat(machine.refused).as("what cannot be done is refused").isPositive();
        assertThat(machine.slowest())
            .as("99th percentile of what was accepted, %s times, seed %d", offered, seed)
            .isLessThan(DEADLINE / 2);
      }
    }
  }

  @Test
  void afterASurgeAllIsAnsweredAgainWithinFiveSeconds() {
    for (int seed = 0; seed < 20; seed++) {
      Machine machine = new Machine(seed);
      machine.run((int) (0.7 * PER_SECOND), 5_000);
      machine.run(3 * PER_SECOND, 10_000);
      machine.run((int) (0.7 * PER_SECOND), 5_000);
      machine.good = 0;
      machine.run((int) (0.7 * PER_SECOND), 10_000);
      assertThat(machine.good / 10.0).as("seed %d", seed).isGreaterThan(0.95 * 0.7 * PER_SECOND);
    }
  }

  /** One queue with one server behind six edges, in virtual time of a millisecond a step. */
  private static final class Machine {
    private final SplittableRandom random;
    private final List<AdaptiveLimit> edges = new ArrayList<>();
    private final Deque<long[]> queue = new ArrayDeque<>();
    private final List<Long> latencies = new ArrayList<>();
    private long now;
    private double work;
    private int good;
    private int refused;

    Machine(int seed) {
      random = new SplittableRandom(seed);
      for (int i = 0; i < 6; i++) {
        edges.add(new AdaptiveLimit(32, 64, 512, 250));
      }
    }

    void run(int perSecond, long millis) {
      for (long end = now + millis; now < end; now++) {
        double arrivals = perSecond / 1000.0;
        while (arrivals > 0 && random.nextDouble() < arrivals) {
          arrive();
          arrivals--;
        }
        work = Math.min(work + PER_SECOND / 1000.0, queue.isEmpty() ? 1 : Double.MAX_VALUE);
        while (work >= 1 && !queue.isEmpty()) {
          work--;
          finish(queue.remove());
        }
      }
    }

    private void arrive() {
      int edge = random.nextInt(edges.size());
      if (edges.get(edge).admit()) {
        queue.add(new long[] {edge, now});
      } else {
        refused++;
      }
    }

    private void finish(long[] request) {
      long took = now - request[1];
      boolean inTime = took < DEADLINE;
      good += inTime ? 1 : 0;
      latencies.add(took);
      edges.get((int) request[0]).ended(request[1], now, !inTime);
    }

    long slowest() {
      return latencies.stream().sorted().skip(latencies.size() * 99L / 100).findFirst().orElse(0L);
    }
  }
}
