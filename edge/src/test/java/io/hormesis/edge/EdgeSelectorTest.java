package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EdgeSelectorTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void doorsAreTakenInTurn() {
    assertThat(chosen(EdgeSelector.open(3, 1), 5, 0)).containsExactly(1, 2, 0, 1, 2);
  }

  @Test
  void aDoorThatFailedRestsForASecond() {
    EdgeSelector doors = EdgeSelector.open(3, 0).failed(1, 0);
    assertThat(chosen(doors, 4, SECOND - 1)).containsExactly(0, 2, 0, 2);
  }

  @Test
  void afterItsRestADoorIsTriedByOneRequestAlone() {
    EdgeSelector doors = EdgeSelector.open(3, 1).failed(1, 0);
    assertThat(chosen(doors, 5, SECOND)).containsExactly(1, 2, 0, 2, 0);
  }

  @Test
  void aReplyOpensADoorAgain() {
    EdgeSelector doors = EdgeSelector.open(2, 1).failed(1, 0).replied(1);
    assertThat(chosen(doors, 3, 1)).containsExactly(1, 0, 1);
  }

  @Test
  void aRequestGoesWhereItHasNotBeen() {
    assertThat(EdgeSelector.open(3, 0).choose(Set.of(0, 1), 0).door()).isEqualTo(2);
  }

  @Test
  void aRequestGoesAgainWhereItHasBeenWhenTheOthersRest() {
    EdgeSelector doors = EdgeSelector.open(3, 1).failed(1, 0).failed(2, 0);
    assertThat(doors.choose(Set.of(0), 1).door()).isEqualTo(0);
  }

  @Test
  void whenAllRestTheOneThatHasRestedLongestIsTaken() {
    EdgeSelector doors = EdgeSelector.open(3, 0).failed(0, 20).failed(1, 10).failed(2, 30);
    assertThat(doors.choose(Set.of(), 40).door()).isEqualTo(1);
    assertThat(doors.choose(Set.of(1), 40).door()).isEqualTo(0);
  }

  @Test
  void aDoorKeepsItsStateWhenTheListChanges() {
    EdgeSelector doors = EdgeSelector.open(3, 2).failed(1, 0).failed(2, 0);
    EdgeSelector changed = doors.changed(List.of(1, -1, 0));
    assertThat(changed.doors())
        .extracting(EdgeSelector.Door::failed)
        .containsExactly(true, false, false);
    assertThat(chosen(changed, 4, 1)).containsExactly(2, 1, 2, 1);
    assertThat(changed.allFailed()).isFalse();
    assertThat(doors.failed(0, 0).allFailed()).isTrue();
  }

  @Test
  void noDoorsAreRefused() {
    assertThatThrownBy(() -> EdgeSelector.open(0, 0))
        .hasMessage("edges must be at least 1, but were 0: name one");
  }

  /**
   * Whatever happens: a resting door is chosen only when all rest, a door where the request has
   * been only when every open one is such, and a door that works is found in one round.
   */
  @Test
  void theRulesHoldInRandomLives() {
    for (int seed = 0; seed < 500; seed++) {
      live(seed);
    }
  }

  private static void live(int seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(6);
    EdgeSelector doors = EdgeSelector.open(count, random.nextInt(count));
    long now = random.nextLong();
    for (int step = 0; step < 100; step++) {
      now += random.nextLong(SECOND);
      Set<Integer> tried = new HashSet<>();
      for (int door = 0; door < count; door++) {
        if (random.nextInt(4) == 0) {
          tried.add(door);
        }
      }
      EdgeSelector.Choice choice = doors.choose(tried, now);
      check("seed %d, step %d".formatted(seed, step), doors, choice, tried, now);
      doors =
          random.nextBoolean()
              ? choice.after().failed(choice.door(), now)
              : choice.after().replied(choice.door());
    }
  }

  private static void check(
      String where, EdgeSelector doors, EdgeSelector.Choice choice, Set<Integer> tried, long now) {
    List<Integer> open = new ArrayList<>();
    for (int door = 0; door < doors.doors().size(); door++) {
      if (!doors.doors().get(door).rests(now)) {
        open.add(door);
      }
    }
    if (!open.isEmpty()) {
      assertThat(open).as(where).contains(choice.door());
      if (!tried.containsAll(open)) {
        assertThat(tried).as(where).doesNotContain(choice.door());
      }
    }
    assertThat(choice.after().turn()).as(where).isBetween(0, doors.doors().size() - 1);
  }

  private static List<Integer> chosen(EdgeSelector doors, int times, long now) {
    List<Integer> chosen = new ArrayList<>();
    EdgeSelector present = doors;
    for (int i = 0; i < times; i++) {
      EdgeSelector.Choice choice = present.choose(Set.of(), now);
      chosen.add(choice.door());
      present = choice.after();
    }
    return chosen;
  }
}
