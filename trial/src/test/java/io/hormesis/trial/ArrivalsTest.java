package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  @Test
  void oneRequestIsMeantForEverySlot() {
    var arrivals = new Arrivals(100, 7);
    for (long number = 0; number < 10_000; number++) {
      assertThat(arrivals.intendedNanos(number))
          .isBetween(number * 10_000_000, (number + 1) * 10_000_000);
    }
  }

  @Test
  void theSameSeedMeansTheSameMomentsAndAnotherSeedOthers() {
    assertThat(moments(7)).isEqualTo(moments(7)).isNotEqualTo(moments(8));
  }

  @Test
  void anImpossibleRateIsRefused() {
    assertThatThrownBy(() -> new Arrivals(0, 1))
        .hasMessage("load must be 1 to 100000 requests a second, but was 0");
  }

  private static long[] moments(long seed) {
    var arrivals = new Arrivals(100, seed);
    return LongStream.range(0, 100).map(arrivals::intendedNanos).toArray();
  }
}
