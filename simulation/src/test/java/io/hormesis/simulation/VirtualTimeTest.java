package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  private final VirtualTime time = new VirtualTime();
  private final List<String> seen = new ArrayList<>();

  @Test
  void eventsRunInTheOrderOfTheirTimeAndThenOfTheirPlanning() {
    time.at(20, () -> seen.add("second"));
    time.at(20, () -> seen.add("third"));
    time.at(10, () -> seen.add("first"));
    time.runUntil(30);
    assertThat(seen).containsExactly("first", "second", "third");
    assertThat(time.nanos()).isEqualTo(30);
    assertThat(time.events()).isEqualTo(3);
  }

  @Test
  void whatAnEventPlansAfterItSpentTimeHappensSoMuchLater() {
    time.at(
        10,
        () -> {
          time.spend(5);
          time.after(1, () -> seen.add("at " + time.nanos()));
        });
    time.at(12, () -> seen.add("at " + time.nanos()));
    time.runUntil(100);
    assertThat(seen).containsExactly("at 12", "at 16");
  }

  @Test
  void eventsBeyondTheTimeWait() {
    time.at(11, () -> seen.add("late"));
    time.runUntil(10);
    assertThat(seen).isEmpty();
    time.runUntil(11);
    assertThat(seen).containsExactly("late");
  }

  @Test
  void nothingIsPlannedForThePast() {
    time.runUntil(10);
    assertThatThrownBy(() -> time.at(9, () -> {})).hasMessage("event at 9 ns: it is 10 ns already");
    assertThatThrownBy(() -> time.spend(-1)).hasMessage("spend -1 ns: time does not run back");
  }
}
