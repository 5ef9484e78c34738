package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.process.Application;
import io.hormesis.simulation.system.SimulatedSystem;
import io.hormesis.simulation.system.SystemPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that shows something else is noticed, and statics are not what makes it so. */
final class UnlikeRunsTest {
  private static final Pattern HASH = Pattern.compile("hash (\\w{16})");

  @TempDir Path temp;

  @Test
  void aWorkerThatReadsTheTimeOfDayIsFoundOut() throws IOException {
    Typed typed = Typed.line("simulate", jar("Clock"), "--seeds", "1", "--for", "2s");
    assertThat(typed.status()).as(typed.toString()).isEqualTo(ExitStatus.REJECTED);
    assertThat(typed.out())
        .startsWith("seed 1 is violated (hash ")
        .containsPattern(
            """

              the application is not deterministic: run again, the seed is violated in another way \\(hash \\w{16}\\), so a replay may show something else, and nothing is shrunk
              two runs of it part after [1-9]\\d* lines of their traces:
                once:  +\\d+\\.\\d{6} s  .*
                again: +\\d+\\.\\d{6} s  .*
              what mostly makes it so: the time of day \\(Instant.now, \
            """)
        .doesNotContain("shrunk in", "replay that");
    Matcher hash = HASH.matcher(typed.out());
    assertThat(hash.find()).isTrue();
    String first = hash.group(1);
    assertThat(hash.find()).isTrue();
    assertThat(hash.group(1)).isNotEqualTo(first);
  }

  @Test
  void aWorkerThatCountsInAStaticBeginsAnewInEachRun() throws IOException {
    Path jar = jar("Counter");
    Typed first = Typed.line("simulate", jar, "--seeds", "3", "--for", "2s");
    assertThat(first.status()).as(first.toString()).isEqualTo(ExitStatus.REJECTED);
    assertThat(first.out())
        .contains("seed 2 is violated", "shrunk in")
        .doesNotContain("not deterministic");
    Matcher second = Pattern.compile("seed 2 is violated \\(hash \\w{16}\\)").matcher(first.out());
    assertThat(second.find()).isTrue();
    Typed alone = Typed.line("simulate", jar, "--seed", "2", "--for", "2s");
    assertThat(alone.out()).startsWith(second.group()).doesNotContain("not deterministic");
  }

  @Test
  void anApplicationHasItsOwnLibraryAndItsWorkersFindItsServices() throws IOException {
    try (ApplicationJars brings = ApplicationJars.open(jar("Brings"))) {
      SimulatedSystem system = SimulatedSystem.start(1, SystemPlan.quiet(brings.application()));
      CompletableFuture<EdgeReply> reply =
          system.call(new EdgeRequest("GET", "/version", Map.of(), ""), system.servers());
      assertThat(system.passUntil(reply::isDone, Duration.ofSeconds(5))).isTrue();
      assertThat(reply.join().body()).contains("the application's own; found; found");
      assertThat(system.close().violations()).isEmpty();
    }
  }

  private Path jar(String source) throws IOException {
    Path classes = OutsideJar.compiled("unlike", temp.resolve("classes"));
    OutsideJar.name(classes, Application.Source.class, "unlike.Unlike$" + source);
    OutsideJar.name(classes, Supplier.class, "unlike.Unlike$Greeting");
    return OutsideJar.of(temp.resolve("unlike.jar"), classes);
  }
}
