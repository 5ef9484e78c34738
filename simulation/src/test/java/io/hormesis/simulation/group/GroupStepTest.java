package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.replication.Change;
import io.hormesis.replication.KeyState;
import io.hormesis.simulation.group.Entries.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupStepTest {

  private static final KeyState EMPTY = new KeyState("k1", 0, Optional.empty());

  @Test
  void aReturnIsAcceptedOncePerYearAndTheBoxIsTold() {
    Change first = GroupStep.of(new GroupAsk.File("k1", 7, 2020), EMPTY, Instant.EPOCH);
    assertThat(Entries.of(first.nextState()).list()).containsExactly(new Entry(2020, 7));
    assertThat(GroupStep.answer(first.reply())).isEqualTo(new GroupAnswer.Done(1, true));
    assertThat(first.notices().stream().map(GroupStep::keep).toList())
        .isEqualTo(List.of(new GroupAsk.Keep("k1", 7, 2020)));

    KeyState filed = new KeyState("k1", 1, first.nextState());
    Change second = GroupStep.of(new GroupAsk.File("k1", 8, 2020), filed, Instant.EPOCH);
    assertThat(second.nextState()).isEmpty();
    assertThat(second.notices()).isEmpty();
    assertThat(GroupStep.answer(second.reply())).isEqualTo(new GroupAnswer.Done(1, false));
  }

  @Test
  void aNoteIsAlwaysAccepted() {
    Change note = GroupStep.of(new GroupAsk.Note("k1", 7), EMPTY, Instant.EPOCH);
    KeyState noted = new KeyState("k1", 1, note.nextState());
    Change again = GroupStep.of(new GroupAsk.Note("k1", 7), noted, Instant.EPOCH);
    assertThat(Entries.of(again.nextState()).list())
        .containsExactly(new Entry(0, 7), new Entry(0, 7));
  }
}
