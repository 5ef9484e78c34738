package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.mutation.Mutant;
import io.hormesis.mutation.MutantHunt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Few seeds find each error that is patched into replication. Every build looks here for the two
 * that need a particular world: consensus alone, a disk lost in each run; seeds of a whole system
 * find the others as soon.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MutantsTest {

  /** What comes of it when a mutant is in the servers, with the most seeds that it may take. */
  @ParameterizedTest
  @CsvSource({
    "SKIP_FORCE_OF_VOTE, consensus, 2000, (lost|stale|diverged).*",
    "WIPED_KEEPS_NAME, disk-lost, 120, (lost|stale|diverged).*"
  })
  void theSeedsOfAParticularWorldFindIt(Mutant mutant, String profile, int most, String how)
      throws InterruptedException {
    find(mutant, profile, most, how);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "SKIP_FORCE_OF_ENTRY, usual, 60, (lost|stale|diverged).*",
    "ACKNOWLEDGE_BEFORE_MAJORITY, usual, 60, (lost|stale|diverged).*",
    "SKIP_REQUEST_ID_CHECK, usual, 60, applied twice",
    "IGNORE_VERSION, usual, 60, but was applied as",
    "FORGET_NOTICES_ON_LEADER_CHANGE, usual, 60, holds notices .* the desk sent",
    "SEND_NOTICE_BEFORE_DURABLE, usual, 300, holds notices .* the desk sent",
    "ELECTIONS_EQUALLY_LONG, one-slow, 60, not whole .*role=CANDIDATE"
  })
  void theSeedsFindIt(Mutant mutant, String profile, int most, String how)
      throws InterruptedException {
    find(mutant, profile, most, how);
  }

  private static void find(Mutant mutant, String profile, int most, String how)
      throws InterruptedException {
    Pattern broken = Pattern.compile(how);
    MutantHunt hunt =
        MutantHunt.run(
            mutant.runner(GroupSeedRunner.class, profile), most, it -> broken.matcher(it).find());
    System.out.printf("mutant %s: %s%n", mutant, hunt);
    assertThat(hunt.finders())
        .as("seeds of %d that find the mutant %s", hunt.tried(), mutant)
        .isNotEmpty();
  }

  /** Without an error the same seeds, in a class loader of the same kind, keep every promise. */
  @ParameterizedTest
  @ValueSource(strings = {"usual", "consensus", "disk-lost"})
  void theSameSeedsWithoutAnErrorKeepEveryPromise(String profile) throws InterruptedException {
    MutantHunt hunt =
        MutantHunt.run(Mutant.UNCHANGED.runner(GroupSeedRunner.class, profile), 6, _ -> true);
    assertThat(hunt.finders()).isEmpty();
    assertThat(hunt.tried()).isEqualTo(6);
  }
}
