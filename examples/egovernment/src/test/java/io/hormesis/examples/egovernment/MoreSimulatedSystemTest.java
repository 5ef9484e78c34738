package io.hormesis.examples.egovernment;

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
    ManySeeds.run(200_001, 3_000, ManySeeds.PLAN).keepTheirPromises();
  }
}
