package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any application is simulated: one from outside, too, which brings neither load nor generators.
 */
class OutsideSimulationTest {

  @Test
  void anApplicationThatBringsNoLoadIsSimulated(@TempDir Path folder) throws IOException {
    ApplicationJars town = ApplicationJars.open(jar(folder));
    assertThat(town.workload()).isEmpty();
    RouteLoad load = new RouteLoad(town.application(), town.generators());
    SystemPlan plan = SystemPlan.of(town.application(), load).load(20, Duration.ofSeconds(20));
    SystemReport report = SystemSimulation.run(1, plan);
    assertThat(report.violations()).isEmpty();
    assertThat(report.requests()).isBetween(400L, 4_000L); // a surge asks more
    assertThat(report.acknowledged()).isGreaterThan(20);
    assertThat(report.repeated()).isGreaterThan(5);
    assertThat(report.malformed()).isLessThan(8);
    Typed typed = Typed.line("simulate", folder, "--seeds", "1", "--for", "5s");
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isZero();
  }

  private static Path jar(Path folder) throws IOException {
    return OutsideJar.of(
        folder.resolve("town-library.jar"),
        OutsideJar.compiled("outside/src/main/java", folder.resolve("classes")),
        OutsideJar.resource("outside/src/main/resources"));
  }
}
