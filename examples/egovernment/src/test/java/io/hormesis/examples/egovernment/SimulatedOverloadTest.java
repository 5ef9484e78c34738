package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

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
    Goodput.Share share = system.offered((int) (times * Overloads.CAPACITY));
    System.out.printf(
        Locale.ROOT,
        "%.1f times the capacity: %.0f/s good, %d refused, %d failed, p99 %d ms%n",
        times,
        share.perSecond(),
        share.refused(),
        share.failed(),
        share.p99().toMillis());
    assertThat(share.perSecond()).isGreaterThan(0.9 * Overloads.CAPACITY);
    assertThat(share.p99()).isLessThan(DEADLINE.dividedBy(2));
  }
}
