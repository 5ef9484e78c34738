package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.simulation.sweep.Sweep;
import io.hormesis.simulation.sweep.SweepReport;
import org.junit.jupiter.api.Test;

/** Whatever becomes of what the tax desk asks: it ends well. */
final class SweepTest {

  @Test
  void aCitizenCanFileInEveryCombinationOfWhatOthersDo() {
    SweepReport report =
        Sweep.of(new EGovernment().application())
            .expecting(
                "a citizen can always file, once a year",
                File.class,
                (_, ending) ->
                    ending instanceof Ending.Replied || ending instanceof Ending.Declined)
            .run();
    assertThat(report.broken()).isEmpty();
    assertThat(report.limited()).isEmpty();
    assertThat(report.processes()).containsExactly("tax-desk");
    assertThat(report.silent()).containsExactly("tax-desk Show");
    assertThat(report.combinations()).isGreaterThan(10);
  }
}
