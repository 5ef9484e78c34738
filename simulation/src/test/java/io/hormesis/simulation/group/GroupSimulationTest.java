package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seeds of the record alone. A failure names its seed and the command that replays it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GroupSimulationTest {

  private static final int SEEDS = 12;
  private static final int TWICE = 20;
  private static final int IN_ANOTHER_JVM = 2;
  private static final int DISK_LOST_SEEDS = 6;

  @Test
  void everyPromiseIsKeptThroughManyFaults() throws InterruptedException {
    GroupSeeds seeds = GroupSeeds.run(1, SEEDS, Profiles.named("usual"));
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
  void aTraceSaysWhatMembersTellEachOther() {
    List<String> trace = new ArrayList<>();
    GroupSimulation.traced(1, Profiles.named("consensus"), trace::add);
    assertThat(trace)
        .anyMatch(line -> line.contains(") desk/0 Hello from "))
        .anyMatch(
            line -> line.matches(".* a1 → b1  \\(.*\\) desk/0 AppendEntries term \\d+ from .*"));
  }

  @Tag("slow")
  @Test
  void theSameSeedGoesTheSameWayTwiceAndInAnotherJvm() throws Exception {
    List<Long> once = GroupSeeds.run(1, TWICE, Profiles.named("usual")).hashes();
    assertThat(GroupSeeds.run(1, TWICE, Profiles.named("usual")).hashes()).isEqualTo(once);
    assertThat(once).doesNotHaveDuplicates();
    assertThat(inAnotherJvm(1, IN_ANOTHER_JVM, "usual"))
        .contains("hashes " + once.subList(0, IN_ANOTHER_JVM));
  }

  @Test
  void aServerThatLostItsDiskStaysOutAndTheOthersAreWhole() throws InterruptedException {
    GroupSeeds seeds = GroupSeeds.run(1, DISK_LOST_SEEDS, Profiles.named("disk-lost"));
    System.out.println(seeds.summary());
    assertThat(seeds.violated()).as(() -> seeds.failures("disk-lost")).isEmpty();
    assertThat(seeds.reports())
        .allSatisfy(report -> assertThat(report.faultsMet()).containsEntry("DiskLost", 1));
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
