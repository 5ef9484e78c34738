package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More seeds of the whole system than every build has time for: {@code -Dslow}. */
@Tag("slow")
@Timeout(value = 75, unit = TimeUnit.MINUTES)
final class MoreSimulatedSystemTest {

  @Test
  void aSystemFullOfFaultsKeepsItsPromisesAndBecomesWholeAgain() throws InterruptedException {
    ManySeeds.run(200_001, 1_200, ManySeeds.PLAN).keepTheirPromises();
  }

  @Test
  void aHundredSeedsGoTheSameWayTwice() throws InterruptedException {
    List<Long> once = ManySeeds.run(210_001, 100, ManySeeds.PLAN).hashes();
    assertThat(ManySeeds.run(210_001, 100, ManySeeds.PLAN).hashes()).isEqualTo(once);
    assertThat(once).doesNotHaveDuplicates();
  }
}
