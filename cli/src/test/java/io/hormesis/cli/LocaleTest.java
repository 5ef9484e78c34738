package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher where people write other digits, and where no locale is set at all. */
@Tag("slow")
final class LocaleTest {
  @TempDir Path folder;

  @Test
  void digitsAreAsciiWhereverPeopleWriteOthers() throws Exception {
    assumeTrue(localeOfEgypt(), "this machine cannot make the locale ar_EG.UTF-8");
    Map<String, String> egypt = Map.of("LC_ALL", "ar_EG.UTF-8", "LOCPATH", folder.toString());
    Printed said =
        launch(egypt, "simulate", "--seed", "7", "--for", "3s", "--load", "10", "--trace");
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text().codePoints().filter(Character::isDigit))
        .isNotEmpty()
        .allMatch(it -> it < 128);
  }

  @Test
  void withoutALocaleAFolderKeepsItsName() throws Exception {
    for (Map<String, String> none :
        List.of(Map.<String, String>of(), Map.of("LC_ALL", "C"), Map.of("LANG", "xx_XX.UTF-8"))) {
      for (String name : List.of("données", "donnèes", "資料")) {
        Printed said = launch(none, "config", "--data", name);
        assertThat(said.status()).as(said.text()).isZero();
        assertThat(said.text().lines()).anyMatch(it -> it.matches("data +" + name + " +--data"));
      }
    }
  }

  @Test
  void aSettingOfTheEnvironmentKeepsItsNameToo() throws Exception {
    Printed said = launch(Map.of("HORMESIS_DATA", "données"), "config");
    assertThat(said.text().lines())
        .anyMatch(it -> it.matches("data +données/e-government +HORMESIS_DATA"));
  }

  @Test
  void aNameInAnotherEncodingIsRefused() throws Exception {
    for (String latin : List.of("x\\351y", "x\\350y")) {
      Printed said =
          run(
              Map.of(),
              "/bin/sh",
              "-c",
              "exec \"$0\" config --data \"$(printf '%s')\"".formatted(latin),
              launcher());
      assertThat(said.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(said.text().strip())
          .isEqualTo(
              "hormesis: argument \"x\uFFFDy\" must be in the encoding UTF-8, but has bytes that are not: rename it, or set LC_ALL to a locale of its encoding");
    }
  }

  private boolean localeOfEgypt() throws Exception {
    try {
      Path made = folder.resolve("ar_EG.UTF-8");
      run(Map.of(), "localedef", "-i", "ar_EG", "-f", "UTF-8", made.toString());
      return Files.isDirectory(made);
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private Printed launch(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(List.of(words));
    return run(environment, command.toArray(String[]::new));
  }

  private static String launcher() {
    return LaunchedSystem.root().resolve("hormesis").toString();
  }

  /** Runs a program with nothing in its environment but what it needs, and what is given. */
  private Printed run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", System.getenv("PATH"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("HOME", System.getProperty("user.home"));
    // The names and values go as bytes of UTF-8, whatever the encoding of this test is.
    Path script = folder.resolve("script");
    StringBuilder text = new StringBuilder("exec env -i");
    all.forEach((name, value) -> text.append(' ').append(quoted(name + "=" + value)));
    for (String word : command) {
      text.append(' ').append(quoted(word));
    }
    Files.writeString(script, text.append("\n"), UTF_8);
    Process process =
        new ProcessBuilder("/bin/sh", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
      return new Printed(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private record Printed(int status, String text) {}
}
