package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.ServiceTimes;
import io.hormesis.simulation.system.Goodput;
import io.hormesis.simulation.system.SimulatedOverload;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system does when it is asked for more than it can do, in virtual time. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SimulatedOverloadTest {
  private static final int SERVERS = 6;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SimulatedOverload system = new SimulatedOverload(1, Overloads.PLAN);

  @Test
  void theCapacityOfTheOtherTestsIsThatOfTheSystem() {
    assertThat(system.offered(Overloads.CAPACITY).ratio())
        .isGreaterThanOrEqualTo(SimulatedOverload.ANSWERED);
    assertThat(system.offered(Overloads.CAPACITY * 12 / 10).ratio())
        .isLessThan(SimulatedOverload.ANSWERED);
  }

  @Tag("slow")
  @Test
  void theCapacityIsFound() {
    assertThat(system.capacity())
        .isBetween(Overloads.CAPACITY * 9 / 10, Overloads.CAPACITY * 12 / 10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3, 10})
  void moreDemandIsNotLessService(double times) {
    assertServes(1, Overloads.CAPACITY, times, 1);
  }

  /**
   * Who leads what is drawn, and what the system can do with it: where that is much, to refuse ten
   * times as much takes more than a tenth of the processors, and what is left is what counts.
   */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void moreDemandIsNotLessServiceWhoeverLeads(long seed) {
    int capacity = new SimulatedOverload(seed, Overloads.PLAN).capacity();
    System.out.printf("seed %d: capacity %d/s%n", seed, capacity);
    assertServes(seed, capacity, 1.5, 1);
    assertServes(seed, capacity, 3, 1);
    double refusing = 9.0 * capacity * ServiceTimes.MEASURED.refusal().toNanos() / 1e9;
    assertServes(seed, capacity, 10, 1 - refusing / SERVERS);
  }

  private static void assertServes(long seed, int capacity, double times, double left) {
    Goodput.Share share =
        new SimulatedOverload(seed, Overloads.PLAN).offered((int) (times * capacity));
    System.out.printf(
        Locale.ROOT,
        "seed %d, %.1f times the capacity: %.0f/s good, %d refused, %d failed, p99 %d ms%n",
        seed,
        times,
        share.perSecond(),
        share.refused(),
        share.failed(),
        share.p99().toMillis());
    assertThat(share.perSecond()).isGreaterThan(0.9 * left * capacity);
    assertThat(share.p99()).isLessThan(DEADLINE.dividedBy(2));
    assertThat(share.failed()).isLessThan(share.good() / 100);
  }
}
