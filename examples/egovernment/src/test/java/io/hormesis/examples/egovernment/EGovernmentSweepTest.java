package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.simulation.sweep.Sweep;
import io.hormesis.simulation.sweep.SweepReport;
import org.junit.jupiter.api.Test;

/** Whatever becomes of what the tax desk asks: it ends well. */
final class EGovernmentSweepTest {

  @Test
  void aCitizenCanFileInEveryCombinationOfWhatOthersDo() {
    SweepReport report =
        Sweep.of(new EGovernment().application())
            .expecting(
                "a citizen can always file, once a year",
                File.class,
                (_, ending) ->
                    ending instanceof CallResult.Replied || ending instanceof CallResult.Declined)
            .run();
    assertThat(report.broken()).isEmpty();
    assertThat(report.limited()).isEmpty();
    assertThat(report.processes()).containsExactly("tax-desk");
    assertThat(report.silent()).containsExactly("tax-desk Show");
    assertThat(report.combinations()).isGreaterThan(10);
  }
}
