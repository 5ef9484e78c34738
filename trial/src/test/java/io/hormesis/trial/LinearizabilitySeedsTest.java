package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.trial.Cell.Ask;
import io.hormesis.trial.Linearizability.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Histories drawn from seeds; a failure names its seed. */
@Execution(ExecutionMode.CONCURRENT)
class LinearizabilitySeedsTest {
  private static final Cell CELL = new Cell();

  /** Tiny histories with drawn outputs, about half of which some order explains. */
  @Test
  void everySmallHistoryIsJudgedAsByTryingEveryOrder() {
    var everyOrder = new EveryOrder<>(CELL);
    int explained = 0;
    int seeds = 20_000;
    for (long seed = 0; seed < seeds; seed++) {
      List<RecordedOperation<Ask, Integer>> history = small(new Random(seed));
      boolean expected = everyOrder.explains(history);
      Result result = Linearizability.check(CELL, history);
      assertThat(result instanceof Result.Linearizable)
          .as("seed %d: %s is %s", seed, history, result)
          .isEqualTo(expected);
      explained += expected ? 1 : 0;
    }
    assertThat(explained).isBetween(seeds / 5, seeds * 4 / 5);
  }

  /** What is told of a contradiction must be one: no order explains it with the rest forgotten. */
  @Test
  void everyContradictionIsOneAndAsSmallAsItCanBe() {
    var everyOrder = new EveryOrder<>(CELL);
    int found = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      List<RecordedOperation<Ask, Integer>> history = small(new Random(seed));
      if (Linearizability.check(CELL, history) instanceof Result.NotLinearizable no) {
        found++;
        assertThat(everyOrder.explains(forgettingAllBut(no.contradiction(), history)))
            .as("seed %d: %s", seed, no.sentence())
            .isFalse();
        for (RecordedOperation<?, ?> one : no.contradiction()) {
          List<RecordedOperation<?, ?>> fewer = new ArrayList<>(no.contradiction());
          fewer.remove(one);
          assertThat(everyOrder.explains(forgettingAllBut(fewer, history)))
              .as("seed %d: %s without %s", seed, no.sentence(), one)
              .isTrue();
        }
      }
    }
    assertThat(found).isGreaterThan(1_000);
  }

  @Test
  void whatReallyHappenedIsAlwaysLinearizable() {
    for (long seed = 0; seed < 150; seed++) {
      List<RecordedOperation<Ask, Integer>> history = real(new Random(seed), 1_200, 60);
      assertThat(Linearizability.check(CELL, history))
          .as("seed %d", seed)
          .isEqualTo(new Result.Linearizable());
    }
  }

  @Test
  void aReadOfWhatNobodyWroteIsAlwaysFound() {
    for (long seed = 0; seed < 150; seed++) {
      var random = new Random(seed);
      List<RecordedOperation<Ask, Integer>> history = real(random, 1_200, 60);
      RecordedOperation<Ask, Integer> read = anyKnownRead(history, random);
      RecordedOperation<Ask, Integer> corrupt =
          RecordedOperation.known(
              read.key(), read.invokedAt(), read.reply().orElseThrow().at(), read.input(), 999);
      Collections.replaceAll(history, read, corrupt);
      assertThat(Linearizability.check(CELL, history))
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              Result.NotLinearizable.class,
              it -> assertThat(it.contradiction()).isEqualTo(List.of(corrupt)));
    }
  }

  /** Values differ, so a value that was overwritten before a read began cannot be read any more. */
  @Test
  void aStaleReadIsAlwaysFound() {
    for (long seed = 0; seed < 10; seed++) {
      List<RecordedOperation<Ask, Integer>> history = real(new Random(seed), 1_200, 60);
      List<RecordedOperation<Ask, Integer>> last =
          List.of(
              RecordedOperation.known("k0", 100_000, 100_001, new Ask.Write(7_001), Cell.DONE),
              RecordedOperation.known("k0", 100_002, 100_003, new Ask.Write(7_002), Cell.DONE),
              RecordedOperation.known("k0", 100_004, 100_005, new Ask.Read(), 7_001));
      history.addAll(last);
      assertThat(Linearizability.check(CELL, history))
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              Result.NotLinearizable.class,
              it ->
                  assertThat(it.contradiction())
                      .endsWith(last.toArray(RecordedOperation<?, ?>[]::new))
                      .hasSizeLessThan(10));
    }
  }

  private static List<RecordedOperation<Ask, Integer>> small(Random random) {
    List<RecordedOperation<Ask, Integer>> history = new ArrayList<>();
    int size = random.nextInt(2, 7);
    for (int i = 0; i < size; i++) {
      long from = random.nextInt(10);
      Ask ask = ask(random, random.nextInt(3));
      history.add(
          random.nextInt(5) == 0
              ? RecordedOperation.unknown("k", from, ask)
              : RecordedOperation.known(
                  "k", from, from + random.nextInt(8), ask, drawnOutput(random, ask)));
    }
    return history;
  }

  private static int drawnOutput(Random random, Ask ask) {
    return switch (ask) {
      case Ask.Read _ -> random.nextInt(3);
      case Ask.Write _ -> Cell.DONE;
      case Ask.Swap _ -> random.nextBoolean() ? Cell.DONE : Cell.NOT_DONE;
    };
  }

  /**
   * A history that happened: operations take effect one after the other, each at a moment between
   * its invocation and its return. One in twenty is of unknown outcome, and half of these have no
   * effect.
   */
  private static List<RecordedOperation<Ask, Integer>> real(Random random, int size, int keys) {
    Map<String, Integer> cells = new HashMap<>();
    List<RecordedOperation<Ask, Integer>> history = new ArrayList<>();
    for (int moment = 0; moment < size; moment++) {
      String key = "k" + random.nextInt(keys);
      Ask ask = ask(random, moment + 3);
      int state = cells.getOrDefault(key, 0);
      long from = 10L * moment - random.nextInt(1, 2_000);
      boolean unknown = random.nextInt(20) == 0;
      if (!unknown || random.nextBoolean()) {
        cells.put(key, Cell.next(state, ask));
      }
      long to = 10L * moment + random.nextInt(1, 2_000);
      history.add(
          unknown
              ? RecordedOperation.unknown(key, from, ask)
              : RecordedOperation.known(key, from, to, ask, Cell.output(state, ask)));
    }
    Collections.shuffle(history, random);
    return history;
  }

  private static Ask ask(Random random, int value) {
    return switch (random.nextInt(3)) {
      case 0 -> new Ask.Read();
      case 1 -> new Ask.Write(value);
      default -> new Ask.Swap(random.nextInt(3), value);
    };
  }

  private static RecordedOperation<Ask, Integer> anyKnownRead(
      List<RecordedOperation<Ask, Integer>> history, Random random) {
    List<RecordedOperation<Ask, Integer>> reads =
        history.stream()
            .filter(it -> it.input() instanceof Ask.Read && it.reply().isPresent())
            .toList();
    return reads.get(random.nextInt(reads.size()));
  }

  private static List<RecordedOperation<Ask, Integer>> forgettingAllBut(
      List<RecordedOperation<?, ?>> kept, List<RecordedOperation<Ask, Integer>> history) {
    List<RecordedOperation<?, ?>> left = new ArrayList<>(kept);
    return history.stream().map(it -> left.remove(it) ? it : it.forgotten()).toList();
  }
}
