package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
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
  void whatIsPlannedForTheMomentItselfComesBehindWhatWasPlannedForItBefore() {
    time.at(
        10,
        () -> {
          seen.add("first");
          time.at(10, () -> seen.add("third"));
        });
    time.at(10, () -> seen.add("second"));
    time.at(11, () -> seen.add("fourth"));
    time.runUntil(10);
    time.at(10, () -> seen.add("after all of that time"));
    time.runUntil(11);
    assertThat(seen)
        .containsExactly("first", "second", "third", "after all of that time", "fourth");
  }

  @Test
  void manyEventsKeepTheirOrder() {
    record Event(long at, int number) {}
    List<Event> planned = new ArrayList<>();
    List<Event> ran = new ArrayList<>();
    Dice dice = Dice.of(1, "events");
    for (int number = 0; number < 5000; number++) {
      Event event = new Event(1 + dice.below(500), number);
      planned.add(event);
      time.at(event.at(), () -> ran.add(event));
    }
    time.runUntil(1000);
    assertThat(ran)
        .isEqualTo(planned.stream().sorted(Comparator.comparingLong(Event::at)).toList());
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

  @Test
  void anEventMayComeBeforeTheEndOfTheOneThatPlansIt() {
    time.at(
        10,
        () -> {
          time.spend(100);
          time.sinceItBegan(50, () -> seen.add("at " + time.nanos()));
          time.sinceItBegan(0, () -> seen.add("at " + time.nanos()));
        });
    time.runUntil(200);
    assertThat(seen).containsExactly("at 10", "at 60");
    assertThatThrownBy(() -> time.sinceItBegan(-1, () -> {}))
        .hasMessage("event 1 ns ago: it is over");
  }
}
