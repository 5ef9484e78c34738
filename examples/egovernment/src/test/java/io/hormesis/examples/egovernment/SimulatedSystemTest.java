package io.hormesis.examples.egovernment;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.SystemSimulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole e-government system, six servers with all that is in them, under one seed. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class SimulatedSystemTest {
  private static final SystemPlan PLAN = ManySeeds.PLAN;
  private static final SystemPlan SHORT = PLAN.load(20, Duration.ofSeconds(2));

  @Test
  void aCalmSystemAnswersEverythingAndKeepsItsPromises() {
    SystemReport report =
        SystemSimulation.run(1, PLAN.load(20, Duration.ofSeconds(20)).faults(FaultProfile.CALM));
    assertThat(report.violations()).isEmpty();
    assertThat(report.requests()).isEqualTo(400 + 10); // ten more at rest
    assertThat(report.failed()).isZero();
    assertThat(report.acknowledged()).isGreaterThan(100);
  }

  @Test
  void aSystemFullOfFaultsKeepsItsPromisesAndBecomesWholeAgain() throws InterruptedException {
    ManySeeds seeds = ManySeeds.run(1, 60, PLAN);
    seeds.keepTheirPromises();
    seeds.meetEveryKindOfFault();
  }

  /** Seed 1005305: one server is out for good, and another began a second before the end. */
  @Test
  void aServerThatBeganLastMayHaveToMissTheLostOneFirst() {
    assertThat(SystemSimulation.run(1_005_305, PLAN).violations()).isEmpty();
  }

  @Test
  void anExcerptHappensAloneAndEndsWhenItShould() {
    ReplaySubset subset =
        ReplaySubset.WHOLE
            .onlyFaults(List.of(2, 3))
            .onlyRequests(new ReplaySubset.Requests(11, 40))
            .until(Duration.ofSeconds(20));
    SystemReport report = SystemSimulation.run(1, PLAN.only(subset));
    assertThat(report.violations()).isEmpty();
    assertThat(report.requests()).isEqualTo(30);
    assertThat(report.faults()).isBetween(1, 2);
    SystemReport early =
        SystemSimulation.run(1, PLAN.only(ReplaySubset.WHOLE.until(ofMillis(4_001))));
    assertThat(early.requests()).isEqualTo(21 + 10); // ten more at rest
    assertThat(early.faults()).isBetween(1, 2); // the third of this seed would come at 5.6 s
    SystemReport idle =
        SystemSimulation.run(
            1,
            PLAN.only(
                ReplaySubset.WHOLE.onlyFaults(List.of()).onlyRequests(ReplaySubset.Requests.NONE)));
    assertThat(idle.violations()).isEmpty();
    assertThat(idle.requests() + idle.faults()).isZero();
  }

  @Test
  void aSeedGoesTheSameWayTwiceAndInAnotherJvm() throws Exception {
    List<Long> once = ManySeeds.run(1001, 20, SHORT).hashes();
    assertThat(ManySeeds.run(1001, 20, SHORT).hashes()).isEqualTo(once);
    assertThat(once).doesNotHaveDuplicates();
    assertThat(inAnotherJvm(1001, 1002, 1003)).isEqualTo(once.subList(0, 3));
  }

  /** Prints the hashes of seeds, for another JVM. */
  static final class Hashes {
    private Hashes() {}

    public static void main(String... seeds) {
      for (String seed : seeds) {
        System.out.println("hash " + SystemSimulation.run(Long.parseLong(seed), SHORT).hash());
      }
    }
  }

  private static List<Long> inAnotherJvm(long... seeds) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Hashes.class.getName());
    LongStream.of(seeds).mapToObj(Long::toString).forEach(builder.command()::add);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process other = builder.start();
    try {
      String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.lines()
          .filter(it -> it.startsWith("hash "))
          .map(it -> Long.parseLong(it.substring("hash ".length())))
          .toList();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }
}
