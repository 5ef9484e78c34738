package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProcessorsTest {

  @Test
  void theTimeThatTheyWorkIsToldAsAShare() {
    Processors.watch();
    Processors seen = Processors.sinceWatched();
    while (seen.busy() <= 0) { // until the system has counted this very loop
      seen = Processors.sinceWatched();
    }
    assertThat(seen.count()).isPositive();
    assertThat(seen.busy()).isLessThanOrEqualTo(1);
  }

  @Test
  void theyAreToldForPeople() {
    assertThat(new Processors(2, 0.974).text()).isEqualTo("2 processors were 97 % busy");
    assertThat(new Processors(1, 1).text()).isEqualTo("1 processor was 100 % busy");
  }

  @Test
  void theyAreSaturatedWhenATenthOfTheirTimeIsLeftAtMost() {
    assertThat(new Processors(2, 0.9).saturated()).isTrue();
    assertThat(new Processors(2, 0.89).saturated()).isFalse();
    assertThat(new Processors(2, -1).saturated()).isFalse();
  }
}
