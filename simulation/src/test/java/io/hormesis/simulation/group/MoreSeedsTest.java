package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

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
    "snapshots, 500",
    "snapshots-one-dead, 500",
    "slow-disks, 300",
    "one-slow, 300",
    "slow-then-quick, 300",
    "disk-lost, 500",
    "consensus, 2000"
  })
  void everyPromiseIsKept(String profile, int count) throws InterruptedException {
    GroupSeeds seeds = GroupSeeds.run(FIRST, count, Profiles.named(profile));
    System.out.println(profile + ": " + seeds.summary());
    assertThat(seeds.violated()).as(() -> seeds.failures(profile)).isEmpty();
  }

  @Test
  void skippingTheForceOfAVoteIsFoundByConsensusAlone() throws InterruptedException {
    GroupSeeds seeds = GroupSeeds.run(FIRST, 2000, Profiles.named("vote"));
    System.out.printf("mutant vote: found in %d of 2000 seeds%n", seeds.violated().size());
    assertThat(seeds.violated()).isNotEmpty();
  }
}
