package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.mutation.Mutant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More worlds, and more of each, than every build has time for: {@code -Dslow}. */
@Tag("slow")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class MoreSeedsTest {

  private static final long FIRST = 100_001;

  @ParameterizedTest
  @CsvSource({
    "usual, 1000",
    "one-dead, 1000",
    "snapshots, 350",
    "snapshots-one-dead, 350",
    "slow-disks, 300",
    "one-slow, 300",
    "slow-then-quick, 300",
    "disk-lost, 350",
    "consensus, 1500"
  })
  void everyPromiseIsKept(String profile, int count) throws InterruptedException {
    GroupSeeds seeds = GroupSeeds.run(FIRST, count, Profiles.named(profile));
    System.out.println(profile + ": " + seeds.summary());
    assertThat(seeds.violated()).as(() -> seeds.failures(profile)).isEmpty();
  }

  @Test
  void skippingTheForceOfAVoteIsFoundByConsensusAlone() throws InterruptedException {
    SortedMap<Long, List<String>> seeds =
        Mutant.SKIP_FORCE_OF_VOTE
            .runner(GroupSeedRunner.class, "consensus")
            .violations(FIRST, 2000);
    long found = seeds.values().stream().filter(it -> !it.isEmpty()).count();
    System.out.printf("mutant SKIP_FORCE_OF_VOTE: found in %d of 2000 seeds%n", found);
    assertThat(found).isPositive();
  }
}
