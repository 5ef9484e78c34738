package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.mutation.Mutant;
import io.hormesis.mutation.MutantHunt;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The seeds that every build runs find the errors that are patched into a server. Three need a
 * particular world, and are looked for in replication alone; one needs work that waits for a
 * processor, which {@link MetastabilityGateTest} has.
 */
final class SystemMutantsTest {

  /** So many seeds every build runs. */
  private static final int MOST = 300;

  private static final EnumSet<Mutant> ELSEWHERE =
      EnumSet.of(
          Mutant.UNCHANGED,
          Mutant.SKIP_FORCE_OF_VOTE,
          Mutant.WIPED_KEEPS_NAME,
          Mutant.ELECTIONS_EQUALLY_LONG,
          Mutant.RETRY_WITHOUT_BUDGET);

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("mutants")
  void theSeedsFindIt(Mutant mutant) throws InterruptedException {
    find(mutant);
  }

  @Test
  void theSeedsFindOneThatIsDrawnInEachBuild() throws InterruptedException {
    List<Mutant> all = mutants().toList();
    find(all.get(ThreadLocalRandom.current().nextInt(all.size())));
  }

  private static Stream<Mutant> mutants() {
    return EnumSet.complementOf(ELSEWHERE).stream();
  }

  private static void find(Mutant mutant) throws InterruptedException {
    MutantHunt hunt = MutantHunt.run(mutant.runner(SystemSeedRunner.class), MOST, _ -> true);
    System.out.printf(
        "mutant %s: %s, by %s%n",
        mutant, hunt, hunt.finders().values().stream().flatMap(List::stream).distinct().toList());
    assertThat(hunt.finders()).as("seeds of %d that find %s", hunt.tried(), mutant).isNotEmpty();
  }

  @Test
  void theSameSeedsWithoutAnErrorKeepEveryPromise() throws InterruptedException {
    MutantHunt hunt = MutantHunt.run(Mutant.UNCHANGED.runner(SystemSeedRunner.class), 4, _ -> true);
    assertThat(hunt.finders()).isEmpty();
    assertThat(hunt.tried()).isEqualTo(4);
  }
}
