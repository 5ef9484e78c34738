package io.hormesis.examples.egovernment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.TrialCall;
import io.hormesis.trial.Workload;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The narrow load, drawn from seeds. */
class VillageTest {
  private static final AcknowledgedWrites NOTHING = _ -> Optional.empty();

  private final Workload narrow = new TaxSeason().narrow();
  private final Set<String> filed = new HashSet<>();

  @Test
  void theSameNumbersDrawTheSameCall() {
    for (long number = 0; number < 100; number++) {
      assertThat(narrow.draw(1, new SplittableRandom(number), NOTHING))
          .isEqualTo(new TaxSeason().narrow().draw(1, new SplittableRandom(number), NOTHING));
    }
  }

  /** A draw that is recorded here must never change, or old seeds would replay other runs. */
  @Test
  void aDrawIsTheSameOnEveryMachine() {
    TrialCall call = narrow.draw(1, new SplittableRandom(5), NOTHING);

    assertThat(call.request().method() + " " + call.request().path() + " " + call.request().body())
        .isEqualTo(
            "POST /tax-returns {\"citizen\":\"39789075145\",\"year\":2022,\"income\":739971366721}");
  }

  @Test
  void threeCitizensHaveThreeCallsOfTen() {
    Map<String, Integer> calls = new HashMap<>();
    for (long number = 0; number < 10_000; number++) {
      calls.merge(
          narrow.draw(1, new SplittableRandom(number), NOTHING).spot().key(), 1, Integer::sum);
    }
    var busiest = calls.values().stream().sorted(Comparator.reverseOrder()).toList();

    assertThat(busiest.subList(0, 3)).allMatch(it -> it > 850 && it < 1_150);
    assertThat(busiest.subList(3, 60)).allMatch(it -> it > 40 && it < 130);
    assertThat(Collections.max(busiest.subList(60, busiest.size()))).isLessThan(5);
  }

  @Test
  void aMinuteOfTwentyCallsASecondHasRefusalsAndMostlyNewReturns() {
    int writes = 0;
    int accepted = 0;
    for (long number = 0; number < 1_200; number++) {
      if (narrow.draw(1, new SplittableRandom(number), NOTHING) instanceof TrialCall.Write write) {
        writes++;
        accepted += filed.add(key(write)) ? 1 : 0;
      }
    }
    assertThat(writes - accepted).isGreaterThan(80);
    assertThat(accepted).isGreaterThan(writes / 2);
  }

  @Test
  void tenMinutesOfAHundredCallsASecondStillHaveNewReturnsInTheEnd() {
    int writes = 0;
    int accepted = 0;
    for (long number = 0; number < 60_000; number++) {
      if (narrow.draw(1, new SplittableRandom(number), NOTHING) instanceof TrialCall.Write write) {
        boolean free = filed.add(key(write));
        if (number >= 54_000) {
          writes++;
          accepted += free ? 1 : 0;
        }
      }
    }
    assertThat(accepted).isGreaterThan(writes / 5);
  }

  private static String key(TrialCall.Write write) {
    return new ReturnLedger().asked(write).orElseThrow().key();
  }
}
