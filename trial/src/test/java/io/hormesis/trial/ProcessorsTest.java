package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ProcessorsTest {

  @Test
  void theirTimeIsToldAsAShare() {
    Processors.watch();
    long until = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    Processors seen = Processors.sinceWatched();
    assertThat(seen.count()).isPositive();
    assertThat(seen.busy().orElseThrow()).isBetween(0.01, 1.0);
  }

  @Test
  void theyAreToldForPeople() {
    assertThat(new Processors(2, OptionalDouble.of(0.974)).text())
        .isEqualTo("2 processors were 97 % busy");
    assertThat(new Processors(1, OptionalDouble.of(1)).text())
        .isEqualTo("1 processor was 100 % busy");
    assertThat(new Processors(8, OptionalDouble.empty()).text())
        .isEqualTo("8 processors were busy for a time that is not known");
  }

  @Test
  void theyAreSaturatedWhenATenthOfTheirTimeIsLeftAtMost() {
    assertThat(new Processors(2, OptionalDouble.of(0.9)).saturated()).isTrue();
    assertThat(new Processors(2, OptionalDouble.of(0.89)).saturated()).isFalse();
    assertThat(new Processors(2, OptionalDouble.empty()).saturated()).isFalse();
  }
}
