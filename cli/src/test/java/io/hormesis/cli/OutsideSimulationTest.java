package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
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
    Path main = LaunchedSystem.root().resolve("cli/src/test/resources/outside/src/main");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-parameters", "-proc:none", "-d"));
    arguments.add(classes.toString());
    files(main.resolve("java")).forEach(it -> arguments.add(it.toString()));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    Path jar = folder.resolve("town-library.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path from : List.of(classes, main.resolve("resources"))) {
        for (Path file : files(from)) {
          entries.putNextEntry(new JarEntry(from.relativize(file).toString()));
          Files.copy(file, entries);
        }
      }
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
