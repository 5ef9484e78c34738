package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.process.Application;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A seed is shrunk for the first promise that it broke, whatever else its parts break. */
final class ShrinkingTest {
  private static final String EARLIER = "nobody is greeted";
  private static final String FIRST = "somebody is greeted";

  @Test
  void theViolationThatIsShownIsTheOneThatWasShrunk() {
    Application greeter =
        new SmallApplication()
            .application()
            .never(EARLIER, _ -> List.of("it happened"))
            .never(FIRST, _ -> List.of("it happened, too"));
    SystemPlan plan =
        SystemPlan.of(greeter, new RouteLoad(greeter, List.of())).load(5, Duration.ofSeconds(1));
    SystemReport report = SystemSimulation.run(3, plan);
    assertThat(report.violations()).hasSize(2);
    Shrinking.Shrunk shrunk =
        Shrinking.of(
            withLastViolationOnly(report), plan, it -> SystemSimulation.run(3, plan.only(it)));
    assertThat(shrunk.report().violations()).hasSize(2);
    assertThat(shrunk.violation().kind()).isEqualTo(FIRST);
    assertThat(shrunk.subset()).isNotEqualTo(ReplaySubset.WHOLE);
  }

  private static SystemReport withLastViolationOnly(SystemReport report) {
    return new SystemReport(
        report.seed(),
        report.hash(),
        report.events(),
        report.faultsMet(),
        report.requests(),
        report.acknowledged(),
        report.failed(),
        report.malformed(),
        report.repeated(),
        report.wholeAfter(),
        report.violations().subList(1, 2));
  }
}
