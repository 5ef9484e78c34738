package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.load.TaxSeason;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole e-government system, six servers with all that is in them, under one seed. */
final class SimulatedSystemTest {
  private static final SystemPlan PLAN =
      SystemPlan.of(new EGovernment().application(), new TaxSeason().narrow());
  private static final FaultProfile CALM =
      new FaultProfile(
          FaultProfile.NEVER,
          Duration.ofSeconds(1),
          FaultProfile.NEVER,
          FaultProfile.NEVER,
          FaultProfile.NEVER);

  @Test
  void aCalmSystemAnswersEverythingAndKeepsItsPromises() {
    SystemReport report =
        SystemSimulation.run(1, PLAN.load(20, Duration.ofSeconds(20)).faults(CALM));
    System.out.println(report);
    assertThat(report.violations()).isEmpty();
    assertThat(report.requests()).isEqualTo(400);
  }

  @Test
  void aSystemFullOfFaultsKeepsItsPromises() {
    for (long seed = 1; seed <= 10; seed++) {
      SystemReport report = SystemSimulation.run(seed, PLAN);
      System.out.println(report);
      assertThat(report.violations()).as("seed %d", seed).isEmpty();
    }
  }
}
