package io.hormesis.simulation.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seeds that every build runs. A failure names its seed and the command that replays it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecordSimulationTest {

  private static final int SEEDS = 200;
  private static final int TWICE = 25;
  private static final int IN_ANOTHER_JVM = 8;
  private static final int MUTANT_SEEDS = 12;
  private static final int VOTE_SEEDS = 2000;
  private static final int VOTE_STEP = 50;

  @Test
  void everyPromiseIsKeptThroughTwoHundredMinutesOfFaults() throws InterruptedException {
    Seeds seeds = Seeds.run(1, SEEDS, Profiles.named("usual"));
    System.out.println(seeds.summary());
    assertThat(seeds.violated()).as(() -> seeds.failures("usual")).isEmpty();
    assertThat(seeds.reports())
        .allSatisfy(report -> {
          assertThat(report.faultsMet()).hasSizeGreaterThanOrEqualTo(3);
          assertThat(report.faults()).isGreaterThanOrEqualTo(5);
          assertThat(report.writes()).isGreaterThan(1000);
          assertThat(report.reads()).isGreaterThan(500);
        });
  }

  @Test
  void theSameSeedGoesTheSameWayTwiceAndInAnotherJvm() throws Exception {
    List<Long> once = Seeds.run(1, TWICE, Profiles.named("usual")).hashes();
    assertThat(Seeds.run(1, TWICE, Profiles.named("usual")).hashes()).isEqualTo(once);
    assertThat(once).doesNotHaveDuplicates();
    assertThat(inAnotherJvm(1, IN_ANOTHER_JVM, "usual"))
        .contains("hashes " + once.subList(0, IN_ANOTHER_JVM));
  }

  @Test
  void skippingTheForceOfAnEntryIsFound() throws InterruptedException {
    assertFound(
        Seeds.run(1, MUTANT_SEEDS, Profiles.named("entry")),
        "entry",
        "(?s).*(lost|stale|diverged).*");
  }

  @Test
  void skippingTheRequestIdCheckIsFound() throws InterruptedException {
    assertFound(
        Seeds.run(1, MUTANT_SEEDS, Profiles.named("request-id")),
        "request-id",
        "(?s).*applied twice.*");
  }

  @Test
  void skippingTheForceOfAVoteIsFoundByConsensusAlone() throws InterruptedException {
    int tried = 0;
    int found = 0;
    while (found == 0 && tried < VOTE_SEEDS) {
      found = Seeds.run(1 + tried, VOTE_STEP, Profiles.named("vote")).violated().size();
      tried += VOTE_STEP;
    }
    System.out.printf("mutant vote: found in %d of the first %d seeds%n", found, tried);
    assertThat(found).as("seeds of %d that found it", tried).isPositive();
  }

  private static void assertFound(Seeds seeds, String mutant, String how) {
    System.out.printf(
        "mutant %s: found in %d of %d seeds%n",
        mutant, seeds.violated().size(), seeds.reports().size());
    assertThat(seeds.violated())
        .as("seeds that find the mutant %s", mutant)
        .isNotEmpty()
        .anySatisfy(report -> assertThat(report.violations()).anyMatch(what -> what.matches(how)));
  }

  private static String inAnotherJvm(long first, int count, String profile) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SeedsByHand.class.getName(),
                Long.toString(first),
                Integer.toString(count),
                profile)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(jvm.waitFor(5, TimeUnit.MINUTES)).as(output).isTrue();
      return output;
    } finally {
      jvm.destroyForcibly();
    }
  }
}
