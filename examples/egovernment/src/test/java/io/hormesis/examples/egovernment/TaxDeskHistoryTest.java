package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.Answer;
import io.hormesis.process.RequestId;
import io.hormesis.process.Step;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long lives of one citizen, drawn from a seed, beside a model of what the desk must know. */
class TaxDeskHistoryTest {
  private static final String ADA = "01017012345";
  private static final int MESSAGES = 3_000;

  private final Map<Integer, TaxReturn> model = new TreeMap<>();
  private int told;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void thereIsOneReturnAYearAndItNeverChanges(long seed) {
    Random random = new Random(seed);
    TaxDesk desk =
        new TaxDesk(who -> {
          Citizen citizen = Citizen.unverified(who);
          boolean there = random.nextBoolean();
          return () ->
              there ? new Answer.Replied<>(citizen) : new Answer.Defaulted<>(citizen, "drawn");
        });
    Desk state = desk.initial();
    for (int number = 0; number < MESSAGES; number++) {
      int year = random.nextInt(FormRules.FIRST_YEAR, FormRules.LAST_YEAR + 1);
      state =
          random.nextBoolean()
              ? filed(desk, state, new File(new RequestId("k-" + number), ADA, year, number))
              : shown(desk, state, new Show(ADA, year));
    }
    assertThat(state.returns()).containsExactlyInAnyOrderElementsOf(model.values());
    assertThat(told).as("returns that the archive was told of").isEqualTo(model.size());
    assertThat(model.values()).extracting(TaxReturn::receipt).doesNotHaveDuplicates();
  }

  private Desk filed(TaxDesk desk, Desk state, File file) {
    Step<Desk> step = desk.on(state, file);
    if (model.containsKey(file.year())) {
      assertThat(step).isEqualTo(Step.keep(file.refuse("one return per citizen and year")));
      return state;
    }
    Desk next = step.next().orElseThrow();
    TaxReturn accepted = next.taxReturn(file.year()).orElseThrow();
    assertThat(accepted.income()).isEqualTo(file.income());
    assertThat(step.reply()).isEqualTo(file.reply(accepted));
    assertThat(step.notices()).hasSize(2).contains(new Keep(ADA, accepted));
    model.put(file.year(), accepted);
    told++;
    return next;
  }

  private Desk shown(TaxDesk desk, Desk state, Show show) {
    assertThat(desk.on(state, show))
        .isEqualTo(Step.keep(show.reply(Optional.ofNullable(model.get(show.year())))));
    return state;
  }
}
