package io.hormesis.simulation.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.replication.Change;
import io.hormesis.replication.KeyState;
import io.hormesis.simulation.record.Entries.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepTest {

  private static final KeyState EMPTY = new KeyState("k1", 0, Optional.empty());

  @Test
  void aReturnIsAcceptedOncePerYearAndTheBoxIsTold() {
    Change first = Step.of(new Ask.File("k1", 7, 2020), EMPTY, Instant.EPOCH);
    assertThat(Entries.of(first.nextState()).list()).containsExactly(new Entry(2020, 7));
    assertThat(Step.answer(first.reply())).isEqualTo(new Answer.Done(1, true));
    assertThat(first.notices().stream().map(Step::keep).toList())
        .isEqualTo(List.of(new Ask.Keep("k1", 7, 2020)));

    KeyState filed = new KeyState("k1", 1, first.nextState());
    Change second = Step.of(new Ask.File("k1", 8, 2020), filed, Instant.EPOCH);
    assertThat(second.nextState()).isEmpty();
    assertThat(second.notices()).isEmpty();
    assertThat(Step.answer(second.reply())).isEqualTo(new Answer.Done(1, false));
  }

  @Test
  void aNoteIsAlwaysAccepted() {
    Change note = Step.of(new Ask.Note("k1", 7), EMPTY, Instant.EPOCH);
    KeyState noted = new KeyState("k1", 1, note.nextState());
    Change again = Step.of(new Ask.Note("k1", 7), noted, Instant.EPOCH);
    assertThat(Entries.of(again.nextState()).list())
        .containsExactly(new Entry(0, 7), new Entry(0, 7));
  }
}
