package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.process.Application;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a simulation early, a person is told, and a script too. */
final class ShutdownGuardTest {
  private static final String EXITED =
      "hormesis: application must leave it to the platform when a process ends, but lawless\\.Lawless.* \\(Lawless\\.java:\\d+\\)%s ended the program \\(System\\.exit\\): let it throw an exception instead\n";
  private static final String LOOPED =
      "(?s).*hormesis: application must let its code come back, but lawless\\.Lawless.* \\(Lawless\\.java:\\d+\\) in %s has not for 30 s: end its loop, or let it ask and await\n";

  @TempDir Path temp;

  @Test
  void aWorkerThatEndsTheProgramIsNamedAndNothingCountsAsKept() throws Exception {
    Path jar = jar("Exits");
    Typed simulated = program("simulate", jar, "--seeds", "3", "--jobs", "1", "--for", "5s");
    assertThat(simulated.status()).as(simulated.toString()).isEqualTo(3);
    assertThat(simulated.err()).matches(EXITED.formatted(" in seed 1"));
    assertThat(simulated.out()).startsWith("0 seeds of 5.0 s of virtual time in ");
    Typed swept = program("sweep", jar);
    assertThat(swept.status()).as(swept.toString()).isEqualTo(3);
    assertThat(swept.err()).matches(EXITED.formatted(" in the sweep"));
  }

  @Test
  @Tag("slow")
  void aWorkerThatNeverComesBackIsNamed() throws Exception {
    Path jar = jar("Loops");
    Typed simulated = program("simulate", jar, "--seed", "4", "--for", "5s");
    assertThat(simulated.status()).as(simulated.toString()).isEqualTo(3);
    assertThat(simulated.err()).matches(LOOPED.formatted("seed 4"));
    Typed swept = program("sweep", jar);
    assertThat(swept.status()).as(swept.toString()).isEqualTo(3);
    assertThat(swept.err()).matches(LOOPED.formatted("the sweep"));
  }

  @Test
  void aClassThatIsMissingIsNamedAndNotTakenForAnErrorOfThePlatform() throws Exception {
    Path jar = jar("Lacks", "lawless/Lawless$Needed.class");
    Typed simulated = Typed.line("simulate", jar, "--seed", "4", "--for", "5s");
    assertThat(simulated.status()).as(simulated.toString()).isEqualTo(3);
    assertThat(simulated.out())
        .startsWith("seed 4 is violated (hash ")
        .contains("java.lang.NoClassDefFoundError: lawless/Lawless$Needed at Lawless.java:");
    Typed swept = Typed.line("sweep", jar);
    assertThat(swept.status()).as(swept.toString()).isEqualTo(2);
    assertThat(swept.err())
        .matches(
            "hormesis: process desk must start and take messages to be swept, but failed: java\\.lang\\.ClassNotFoundException: lawless\\.Lawless\\$Needed at Lawless\\.java:\\d+; mend that first");
  }

  @Test
  void whatNobodyCanReadIsNoSuccessAndEndsTheRuns() throws Exception {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    Object[] many = {"simulate", jar, "--seeds", "1000", "--for", "8s", "--no-shrink"};
    Typed unread = Typed.limited(1, many);
    assertThat(unread.status()).as(unread.err()).isEqualTo(ExitStatus.INTERNAL);
    assertThat(unread.err())
        .endsWith(
            "hormesis: standard output must be writable to the end, but is not: free its disk, or let its reader read on");
    Typed quiet = Typed.limited(0, "simulate", jar, "--seed", "2", "--for", "1s");
    assertThat(quiet.status()).as(quiet.err()).isEqualTo(ExitStatus.INTERNAL);
    assertThat(Typed.limited(0, "status", "--nonsense").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
  void whatHasNoSpaceIsNoSuccess() throws Exception {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    Path full = Path.of("/dev/full");
    assertThat(program(full, "version").status()).isEqualTo(ExitStatus.INTERNAL);
    Typed traced = program(full, "simulate", jar, "--seed", "2", "--trace");
    assertThat(traced.status()).isEqualTo(ExitStatus.INTERNAL);
    assertThat(traced.err()).startsWith("hormesis: standard output must be writable");
  }

  @Test
  void aSourceThatEndsTheProgramIsNoSuccess() throws Exception {
    Path jar = jar("ExitsAtOnce");
    for (String command : List.of("simulate", "sweep")) {
      Typed typed = program(command, jar);
      assertThat(typed.status()).as(typed.toString()).isEqualTo(3);
      assertThat(typed.err()).matches(EXITED.formatted(""));
    }
  }

  @Test
  void aSignalIsNoFaultOfTheApplicationAndShowsWhatThereIs() throws Exception {
    Path jar = TownLibraryProject.jar(temp.resolve("library.jar"));
    Path out = temp.resolve("out");
    Process program =
        start(out, "simulate", jar, "--seeds", "1000000", "--for", "1s", "--no-shrink");
    try {
      // The first line that it says is that of a seed that is done.
      await().atMost(2, TimeUnit.MINUTES).until(() -> Files.size(temp.resolve("err")) > 0);
      new ProcessBuilder("kill", "-TERM", Long.toString(program.pid())).start().waitFor();
      assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(program.exitValue()).isEqualTo(143);
      assertThat(Files.readString(out))
          .containsPattern("[1-9]\\d* seeds? of 1.0 s of virtual time");
      assertThat(Files.readString(temp.resolve("err"))).doesNotContain("hormesis:");
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Path jar(String source, String... without) throws IOException {
    Path classes = OutsideJar.compiled("lawless", temp.resolve("classes"));
    OutsideJar.name(classes, Application.Source.class, "lawless.Lawless$" + source);
    for (String file : without) {
      Files.delete(classes.resolve(file));
    }
    return OutsideJar.of(temp.resolve("lawless.jar"), classes);
  }

  /** What the program does in a JVM of its own. */
  private Typed program(Object... words) throws IOException, InterruptedException {
    Path out = temp.resolve("out");
    Typed typed = program(out, words);
    return new Typed(typed.status(), Files.readString(out, StandardCharsets.UTF_8), typed.err());
  }

  private Typed program(Path out, Object... words) throws IOException, InterruptedException {
    Process program = start(out, words);
    try {
      assertThat(program.waitFor(5, TimeUnit.MINUTES)).isTrue();
      String err = Files.readString(temp.resolve("err"), StandardCharsets.UTF_8);
      return new Typed(program.exitValue(), "", err);
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Process start(Path out, Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    List.of(words).forEach(it -> command.add(it.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    // A JVM tells that it has picked these up.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.redirectOutput(out.toFile()).redirectError(temp.resolve("err").toFile()).start();
  }
}
