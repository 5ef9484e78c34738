package io.hormesis.examples.egovernment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More seeds of the whole system than every build has time for: {@code -Dslow}. */
@Tag("slow")
final class MoreSimulatedSystemTest {

  @Test
  void aSystemFullOfFaultsKeepsItsPromisesAndBecomesWholeAgain() {
    ManySeeds.run(200_001, 600, ManySeeds.PLAN).keepTheirPromises();
  }
}
