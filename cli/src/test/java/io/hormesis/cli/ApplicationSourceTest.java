package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a source is built, with a Maven that does what the test says; a real one runs elsewhere. */
final class ApplicationSourceTest {
  @TempDir Path temp;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path folder;

  @BeforeEach
  void pom() throws IOException {
    folder = Files.createDirectory(temp.resolve("my shop"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
  }

  @Test
  void itsJarAndThoseThatItNeedsAreFound() throws IOException {
    Path bin =
        maven(
            """
            echo "$@" > words
            echo '[INFO] --- compiler:3.16.0:compile (default-compile) @ shop ---'
            echo 1 > target/shop-1.jar; echo 2 > target/shop-1-sources.jar
            for word; do case $word in -DoutputDirectory=*)
              echo 3 > "${word#*=}/library.jar";; esac; done
            """);
    Path jars = built(bin);
    assertThat(jars).isEqualTo(folder.resolve("target/hormesis"));
    assertThat(jars.resolve("shop-1.jar")).hasContent("1");
    assertThat(jars.resolve("library.jar")).hasContent("3");
    assertThat(jars).isDirectoryNotContaining("glob:**sources*");
    assertThat(folder.resolve("words"))
        .content()
        .startsWith("--batch-mode -DskipTests package ")
        .contains(":copy-dependencies -DincludeScope=runtime ");
    assertThat(said.toString(UTF_8))
        .matches("building %s\nbuilt %s in \\d+ s\n".formatted(folder, folder));
  }

  @Test
  void whatAnEarlierBuildLeftIsNotRun() throws IOException {
    Files.createDirectories(folder.resolve("target/hormesis"));
    Files.writeString(folder.resolve("target/hormesis/old-library.jar"), "old");
    assertThat(built(maven("echo 1 > target/shop-1.jar")))
        .isDirectoryContaining("glob:**shop-1.jar")
        .isDirectoryNotContaining("glob:**old-library.jar");
  }

  @Test
  void anErrorOfTheBuildIsShown() throws IOException {
    Path bin =
        maven(
            """
            echo '[INFO] Building shop 1'
            echo '[ERROR] BoxOffice.java:[3,1] no semicolon'
            echo '[ERROR] -> [Help 1]'
            exit 1
            """);
    assertThatThrownBy(() -> built(bin))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "application %s must build, but Maven ended with status 1: mend what it says, and see %s%n  BoxOffice.java:[3,1] no semicolon",
            folder, folder.resolve("target/hormesis-build.log"));
  }

  @Test
  void withoutMavenItSaysWhatToInstall() {
    assertThatThrownBy(() -> built(temp))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "application %s must be built by Maven 3.8 or later, but there is no mvn on the PATH: install it, or name a jar",
            folder);
  }

  @Test
  void itMustBuildOneJar() throws IOException {
    assertThatThrownBy(() -> built(maven("exit 0")))
        .hasMessage(
            "application %s must build one jar in %s, but there are 0: give its pom.xml the packaging jar, or name a folder of jars",
            folder, folder.resolve("target"));
    assertThatThrownBy(() -> built(maven("touch target/shop-1.jar target/shop-2.jar")))
        .hasMessage(
            "application %s must build one jar in %s, but there are 2 (shop-1.jar, shop-2.jar): remove the old ones with mvn clean, or name the jar itself",
            folder, folder.resolve("target"));
  }

  @Test
  void aFolderWithoutAPomIsNoSource() {
    assertThat(ApplicationSource.in(temp)).isEmpty();
    assertThat(ApplicationSource.in(folder)).isPresent();
  }

  @Test
  void onATerminalOneLineChanges() {
    long[] now = {0};
    BuildProgress progress =
        new BuildProgress(new PrintStream(said, true, UTF_8), true, folder, () -> now[0]);
    now[0] = 2_000_000_000L;
    progress.line("[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ shop ---");
    now[0] = 3_000_000_000L;
    progress.line("[INFO] --- jar:3.4.2:jar (default-jar) @ shop ---");
    progress.end(true);
    assertThat(said.toString(UTF_8))
        .isEqualTo(
            "\r\033[K0 s: building %s: starting Maven\r\033[K2 s: building %s: compiler\r\033[K3 s: building %s: jar\r\033[Kbuilt %s in 3 s\n"
                .formatted(folder, folder, folder, folder));
  }

  private Path built(Path bin) {
    return new ApplicationSource(folder, bin.toString()).built(new PrintStream(said, true, UTF_8));
  }

  private Path maven(String script) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path mvn = bin.resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }
}
