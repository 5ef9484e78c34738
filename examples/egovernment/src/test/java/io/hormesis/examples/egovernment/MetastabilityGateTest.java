package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.mutation.Mutant;
import io.hormesis.mutation.MutantHunt;
import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.system.MetastabilityGate;
import io.hormesis.simulation.system.MetastabilityGate.Passage;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A system under seven tenths of what it can do comes back by itself from a surge, the loss of a
 * region, and a moment in which all its servers stand still.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class MetastabilityGateTest {

  /** Another seed in each build: one of every build would be learned by heart. */
  @Test
  void theSystemServesAsBeforeFiveSecondsAfterEachTrigger() throws InterruptedException {
    passes(ThreadLocalRandom.current().nextLong(1, 1_000_000_000), 1);
  }

  /** All hundred take a quarter of an hour of a processor: {@code bench gate --rounds 100}. */
  @Tag("slow")
  @Test
  void manySeedsServeAsBefore() throws InterruptedException {
    passes(ThreadLocalRandom.current().nextLong(1, 1_000_000_000), 12);
  }

  private static void passes(long first, int count) throws InterruptedException {
    List<Passage> passages =
        SeedRuns.onAllProcessors(seed -> MetastabilityGate.run(seed, Overloads.PLAN))
            .reports(first, count);
    passages.forEach(System.out::println);
    for (Passage passage : passages) {
      assertThat(passage.violations())
          .as(
              "./hormesis bench gate --capacity %d --seed %d --rounds 1",
              Overloads.CAPACITY, passage.seed())
          .isEmpty();
      // Where one server leads nearly all, seven tenths of the usual capacity is more than it can
      // do.
      assertThat(passage.before().perSecond()).isGreaterThan(0.9 * Overloads.PLAN.perSecond());
    }
  }

  @Test
  void aSeedGoesTheSameWayTwice() {
    Passage once = MetastabilityGate.run(2, Overloads.PLAN);
    assertThat(MetastabilityGate.run(2, Overloads.PLAN)).isEqualTo(once);
  }

  /** The gate can fail: without protection the system does not come back from what has ended. */
  @Test
  void aSystemThatRefusesNothingAndRetriesWithoutABudgetIsFound() throws InterruptedException {
    MutantHunt hunt =
        MutantHunt.run(
            Mutant.RETRY_WITHOUT_BUDGET.runner(GateSeedRunner.class),
            6,
            it -> it.startsWith("goodput must be 95 %"));
    System.out.println("mutant RETRY_WITHOUT_BUDGET: " + hunt);
    assertThat(hunt.finders()).isNotEmpty();
  }
}
