package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The count at the end of {@code ./hormesis test}, over reports like Surefire's. */
final class TestTallyTest {
  private static final String PASSED = "<testcase classname='town.DeskTest' name='files'/>";
  private static final String FAILED =
      "<testcase classname='town.DeskTest' name='loses'><failure message='lost'/></testcase>";
  private static final String BROKEN =
      "<testcase classname='town.DeskTest' name='breaks'><error message='broke'/></testcase>";
  private static final String SKIPPED =
      "<testcase classname='town.DeskTest' name='links'><skipped message='no links here'/></testcase>";

  @TempDir Path root;

  @Test
  void theTestsOfAllModulesAreCounted() throws Exception {
    report("process", PASSED + PASSED);
    report("examples/egovernment", PASSED + SKIPPED);
    Said said = tally();
    assertThat(said.status()).isZero();
    assertThat(said.text().lines())
        .contains("skipped: town.DeskTest.links: no links here", "3 passed, 0 failed, 1 skipped");
  }

  @Test
  void aFailureAndAnErrorBothFailAndAreNamed() throws Exception {
    report("process", PASSED + FAILED + BROKEN);
    Said said = tally();
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text().lines())
        .contains(
            "failed: town.DeskTest.loses",
            "failed: town.DeskTest.breaks",
            "1 passed, 2 failed, 0 skipped");
  }

  @Test
  void noTestAtAllIsNoSuccess() throws Exception {
    Said said = tally();
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text().lines()).contains("0 passed, 0 failed, 0 skipped");
  }

  private record Said(int status, String text) {}

  private Said tally() throws IOException, InterruptedException {
    Path script =
        Path.of(System.getProperty("hormesis.root", ".."))
            .resolve("cli/src/main/scripts/TestTally.java");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    script.toString(),
                    root.toString()))
            .redirectErrorStream(true)
            .start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
    }
  }

  private void report(String module, String cases) throws IOException {
    Path folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
    Files.writeString(
        folder.resolve("TEST-town.DeskTest.xml"), "<testsuite>" + cases + "</testsuite>");
  }
}
