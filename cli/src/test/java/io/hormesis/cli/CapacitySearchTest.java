package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {

  @Test
  void itDoublesUntilALoadIsNotHeldAndHalvesThen() {
    assertThat(tried(730)).containsExactly(100, 200, 400, 800, 600, 700, 750);
  }

  @Test
  void itGoesDownWhenTheFirstLoadIsTooMuch() {
    assertThat(tried(30)).containsExactly(100, 50, 20, 30, 40);
  }

  @Test
  void itEndsWhenNothingIsHeldAndWhenEverythingIs() {
    assertThat(tried(0)).startsWith(100, 50).hasSizeLessThan(10);
    assertThat(tried(1_000_000)).endsWith(20_000).hasSizeLessThan(12);
  }

  /** The loads that are tried on a system of this capacity. */
  private static List<Integer> tried(int capacity) {
    List<Integer> tried = new ArrayList<>();
    CapacitySearch search = CapacitySearch.from(100, 20_000);
    while (!search.done()) {
      int load = search.next();
      tried.add(load);
      search = search.tried(load, load <= capacity);
    }
    return tried;
  }
}
