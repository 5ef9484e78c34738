package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run in a copy of the root folder that holds nothing else. */
final class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("hormesis.root", ".."));

  @TempDir Path temp;
  private Path root;
  private Path bin;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copy() throws IOException {
    root = Files.createDirectories(temp.resolve("a folder with spaces"));
    Files.copy(ROOT.resolve("hormesis"), root.resolve("hormesis"));
    Files.createDirectories(root.resolve("process/src/main"));
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool :
        List.of(
            "bash",
            "sed",
            "dirname",
            "readlink",
            "tr",
            "head",
            "cat",
            "mkdir",
            "rm",
            "find",
            "grep",
            "tail",
            "cp",
            "mv",
            "sort",
            "touch",
            "sleep",
            "env")) {
      script(bin.resolve(tool), "exec '" + tool(tool) + "' \"$@\"");
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", temp.toString());
    environment.put("HORMESIS_JDK_FOLDERS", temp.resolve("jdks").toString());
  }

  @Test
  void withoutAJdkItSaysInOneSentenceWhatToInstall() throws Exception {
    jdk("jdk-17", "17.0.19");
    environment.put("JAVA_HOME", temp.resolve("jdks/jdk-17").toString());
    Said said = launch("status");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.text())
        .isEqualTo(
            "hormesis: a JDK 25 or later must be installed, but none was found in JAVA_HOME (%s) or the usual folders: install one (for example Eclipse Temurin 25) or set JAVA_HOME to it."
                .formatted(temp.resolve("jdks/jdk-17")));
  }

  @Test
  void withoutMavenItSaysInOneSentenceWhatToInstall() throws Exception {
    jdk("jdk-25", "25.0.1");
    for (String command : List.of("status", "test")) {
      Said said = launch(command);
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.text())
          .isEqualTo(
              "hormesis: Maven 3.8 or later must be on the PATH, but there is no mvn: install it (for example apt-get install maven).");
    }
  }

  @Test
  void anOldMavenIsRefused() throws Exception {
    jdk("jdk-25", "25.0.1");
    for (String old : List.of("3.6.3", "3.7.9", "2.2.1")) {
      maven(old, "exit 1");
      Said said = launch("status");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.text())
          .isEqualTo(
              "hormesis: Maven 3.8 or later must be on the PATH, but mvn is version %s: install a newer one."
                  .formatted(old));
    }
  }

  @Test
  void itTakesTheNewestJdkThatItFindsWhenJavaHomeIsTooOld() throws Exception {
    jdk("jdk-17", "17.0.19");
    jdk("jdk-25", "25.0.1");
    jdk("jdk-27", "27-ea");
    environment.put("JAVA_HOME", temp.resolve("jdks/jdk-17").toString());
    maven("3.9.11", "echo \"JAVA_HOME is $JAVA_HOME\"; exit 1");
    launch("status");
    assertThat(log()).contains("JAVA_HOME is " + temp.resolve("jdks/jdk-27"));
  }

  @Test
  void itTakesJavaHomeWhenThatIsNewEnough() throws Exception {
    jdk("jdk-25", "25.0.1");
    jdk("jdk-27", "27");
    environment.put("JAVA_HOME", temp.resolve("jdks/jdk-25").toString());
    maven("4.0.0", "echo \"JAVA_HOME is $JAVA_HOME\"; exit 1");
    launch("status");
    assertThat(log()).contains("JAVA_HOME is " + temp.resolve("jdks/jdk-25"));
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndIsTriedAgain() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(
        "3.8.7",
        "echo '[INFO] Building Hormesis: process 0.1.0-SNAPSHOT   [2/14]'; echo '[ERROR] Forms.java:[3,1] no semicolon'; exit 1");
    for (int i = 0; i < 2; i++) {
      Said said = launch("status");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.text().lines())
          .anyMatch(it -> it.startsWith("building Hormesis"))
          .anyMatch(it -> it.matches("  Hormesis: process \\[2/14\\] \\(\\d+ s\\)"))
          .contains(
              "[ERROR] Forms.java:[3,1] no semicolon",
              "hormesis: the build must succeed, but failed: see "
                  + root.resolve("target/build.log"));
      assertThat(root.resolve("target/build.lock")).doesNotExist();
    }
  }

  @Test
  void theLockOfABuildThatDiedHoldsNobodyUp() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven("3.8.7", "exit 1");
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(root.resolve("target/build.lock"));
    Files.writeString(root.resolve("target/build.lock/process"), Long.toString(dead.pid()));
    assertThat(launch("status").text()).contains("the build must succeed, but failed");
  }

  @Test
  void whatIsBuiltIsRunFromAnyFolderWithTheWordsAsTheyWereTyped() throws Exception {
    jdk("jdk-25", "25.0.1");
    Path home = Files.createDirectories(root.resolve("target/hormesis/lib"));
    Files.writeString(home.resolveSibling("classpath"), "b.jar\na.jar\n");
    Files.writeString(home.resolveSibling("built"), "");
    environment.put("JAVA_TOOL_OPTIONS", "-Dnoise=yes");
    Said said = launch("up", "my app.jar", "--for", "1s");
    assertThat(said.status()).isEqualTo(42);
    assertThat(said.text())
        .contains(
            "<-cp><%s/b.jar:%s/a.jar><io.hormesis.cli.Main><up><my app.jar><--for><1s>"
                .formatted(home, home))
        .contains("noise=<>");
  }

  private record Said(int status, String text) {}

  private Said launch(String... words) throws Exception {
    Path output = temp.resolve("output");
    List<String> command = new ArrayList<>(List.of(root.resolve("hormesis").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), Files.readString(output).strip());
    } finally {
      process.destroyForcibly();
    }
  }

  private String log() throws IOException {
    return Files.readString(root.resolve("target/build.log"));
  }

  /** A folder that looks like a JDK; its java prints its arguments. */
  private void jdk(String name, String version) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("jdks").resolve(name).resolve("bin"));
    Files.writeString(folder.resolveSibling("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(folder.resolve("javac"), "exit 0");
    script(
        folder.resolve("java"),
        "printf '<%s>' \"$@\"; echo; echo \"noise=<${JAVA_TOOL_OPTIONS:-}>\"; exit 42");
  }

  private void maven(String version, String build) throws IOException {
    script(
        bin.resolve("mvn"),
        "if [ \"$1\" = --version ]; then echo 'Apache Maven "
            + version
            + "'; exit 0; fi\n"
            + build);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path tool(String name) {
    Optional<Path> found =
        List.of("/usr/bin", "/bin", "/opt/homebrew/bin", "/usr/local/bin").stream()
            .map(folder -> Path.of(folder, name))
            .filter(Files::exists)
            .findFirst();
    return found.orElseThrow(() -> new IllegalStateException("no " + name + " on this machine"));
  }
}
