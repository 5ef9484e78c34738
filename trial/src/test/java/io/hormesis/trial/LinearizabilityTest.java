package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hormesis.trial.Cell.Ask;
import io.hormesis.trial.Linearizability.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small histories of one cell that holds 0 in the beginning. */
class LinearizabilityTest {
  private static final Ask READ = new Ask.Read();
  private final List<RecordedOperation<Ask, Integer>> history = new ArrayList<>();

  @Test
  void anEmptyHistoryIsLinearizable() {
    assertThat(judged()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void aReadDuringAWriteMayShowEither() {
    write("x", 0, 9, 1);
    read("x", 1, 2, 0);
    read("x", 3, 4, 1);

    assertThat(judged()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void aReadAfterAWriteShowsIt() {
    write("x", 0, 1, 1);
    read("x", 2, 3, 0);

    assertThat(sentence())
        .isEqualTo("no order of its operations explains x: write 1 -> -1 [0, 1]; read -> 0 [2, 3]");
  }

  @Test
  void aValueDoesNotGoBack() {
    write("x", 0, 9, 1);
    read("x", 1, 2, 1);
    read("x", 3, 4, 0);

    assertThat(sentence())
        .isEqualTo(
            "no order of its operations explains x: read -> 1 [1, 2]; read -> 0 [3, 4], whatever its other operation did");
  }

  @Test
  void whatEndsWhenAnotherBeginsIsConcurrentWithIt() {
    write("x", 0, 5, 1);
    read("x", 5, 6, 0);

    assertThat(judged()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void anUnknownWriteMayTakeEffectMuchLater() {
    history.add(RecordedOperation.unknown("x", 0, new Ask.Write(1)));
    read("x", 10, 11, 0);
    read("x", 12, 13, 1);

    assertThat(judged()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void anUnknownWriteMayNeverTakeEffect() {
    history.add(RecordedOperation.unknown("x", 0, new Ask.Write(1)));
    read("x", 10, 11, 0);

    assertThat(judged()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void anUnknownWriteTakesEffectOnceAtMost() {
    history.add(RecordedOperation.unknown("x", 0, new Ask.Write(1)));
    read("x", 1, 2, 1);
    write("x", 3, 4, 2);
    read("x", 5, 6, 2);
    read("x", 7, 8, 1);

    assertThat(sentence())
        .endsWith(", whatever its 2 other operations did")
        .contains("read -> 1 [7, 8]");
  }

  @Test
  void anUnknownWriteTakesNoEffectBeforeItIsInvoked() {
    read("x", 0, 1, 1);
    history.add(RecordedOperation.unknown("x", 5, new Ask.Write(1)));

    assertThat(sentence())
        .isEqualTo(
            "no order of its operations explains x: read -> 1 [0, 1], whatever its other operation did");
  }

  @Test
  void keysAreJudgedOneByOne() {
    write("x", 0, 1, 1);
    read("y", 2, 3, 0);
    read("x", 4, 5, 1);

    assertThat(judged()).isEqualTo(new Result.Linearizable());
    read("y", 6, 7, 1);
    assertThat(sentence()).startsWith("no order of its operations explains y: read -> 1 [6, 7]");
  }

  @Test
  void whatComesAfterTheContradictionIsNotTold() {
    write("x", 0, 1, 1);
    read("x", 2, 3, 7);
    for (int i = 0; i < 100; i++) {
      write("x", 10 + 2 * i, 11 + 2 * i, i);
    }

    assertThat(sentence())
        .isEqualTo(
            "no order of its operations explains x: read -> 7 [2, 3], whatever its 101 other operations did");
  }

  @Test
  void tooMuchWorkIsUndecided() {
    impossiblyConcurrent("x");

    assertThat(Linearizability.check(new Cell(), history, 1_000))
        .isEqualTo(new Result.Undecided("x", 1_000));
  }

  @Test
  void aContradictionOutweighsTooMuchWork() {
    impossiblyConcurrent("x");
    read("y", 0, 1, 7);

    assertThat(Linearizability.check(new Cell(), history, 1_000))
        .isEqualTo(
            new Result.NotLinearizable(
                "y", List.of(RecordedOperation.known("y", 0, 1, READ, 7)), 0));
  }

  @Test
  void anOperationDoesNotReturnBeforeItIsInvoked() {
    assertThat(RecordedOperation.known("x", 5, 5, READ, 0).output()).hasValue(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedOperation.known("x", 5, 4, READ, 0))
        .withMessage(
            "operation on x must return after it was invoked at 5, but returned at 4: give both times of one clock");
  }

  /** Every subset of twenty writes at once can come before the read that nothing explains. */
  private void impossiblyConcurrent(String key) {
    for (int i = 1; i <= 20; i++) {
      write(key, 0, 100, i);
    }
    read(key, 50, 100, 77);
  }

  private void write(String key, long from, long to, int value) {
    history.add(RecordedOperation.known(key, from, to, new Ask.Write(value), Cell.DONE));
  }

  private void read(String key, long from, long to, int value) {
    history.add(RecordedOperation.known(key, from, to, READ, value));
  }

  private Result judged() {
    return Linearizability.check(new Cell(), history);
  }

  private String sentence() {
    return judged() instanceof Result.NotLinearizable no ? no.sentence() : judged().toString();
  }
}
