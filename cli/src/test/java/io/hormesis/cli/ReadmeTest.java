package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What README prints works as it is printed: the example, and an application of one's own. */
final class ReadmeTest {
  private static final String TITLE = "## Write your own application\n";
  private static final String USUAL_EDGE = ":7400";
  private static final String USUAL_MANAGEMENT = ":7401";

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void theExampleServesAndIsDrained() throws Exception {
    linkHormesis();
    try {
      run("./hormesis up --detach");
      for (String command : commandsOf("curl -i 127.0.0.1:7400/tax-returns")) {
        assertThat(asked(command, "e-government"))
            .as(command)
            .containsPattern("HTTP/1.1 20[01]")
            .containsPattern("\"receipt\":|\"messages\":");
      }
      List<String> operating = commandsOf("curl 127.0.0.1:7401/topology");
      assertThat(operating).hasSize(3);
      assertThat(asked(operating.getFirst(), "e-government")).contains("\"a1\"", "\"b1\"");
      assertThat(asked(operating.get(1), "e-government")).contains("\"draining\":true");
      assertThat(asked(operating.get(2), "e-government")).doesNotContain("\"draining\":true");
    } finally {
      run("test ! -e .hormesis/e-government/keeper.json || ./hormesis down");
    }
  }

  @Test
  @Tag("slow")
  void theCommandsOfAnAuthorDoWhatIsPromised() throws Exception {
    linkHormesis();
    List<String> commands = commands(blocks(section(), "```\n").getFirst());
    assertThat(commands).first().asString().startsWith("./hormesis new ");
    try {
      for (String command : commands) {
        String said = asked(command, "shop");
        if (command.startsWith("curl")) {
          assertThat(said)
              .as(command)
              .containsPattern("HTTP/1.1 20[01]")
              .contains("\"seat\":\"A1\",\"guest\":\"ann\"");
        }
      }
      assertThat(run("cd shop && mvn --batch-mode package"))
          .contains("Tests run: 20, Failures: 0, Errors: 0, Skipped: 0", "BUILD SUCCESS");
    } finally {
      run("test ! -e .hormesis/shop/keeper.json || ./hormesis down");
    }
  }

  @Test
  void itsCodeIsThatOfTheNewApplication() throws IOException {
    Path shop = folder.resolve("shop");
    assertThat(Typed.line("new", shop).err()).isEmpty();
    String written;
    try (var files = Files.walk(shop.resolve("src"))) {
      written =
          files
              .filter(it -> it.toString().endsWith(".java"))
              .map(ReadmeTest::text)
              .map(ReadmeTest::words)
              .collect(Collectors.joining("\n"));
    }
    List<String> blocks = blocks(readme(), "```java\n");
    assertThat(blocks).hasSize(4);
    assertThat(blocks).allSatisfy(block -> assertThat(written).contains(words(block)));
  }

  private void linkHormesis() throws IOException {
    Path hormesis = folder.resolve("hormesis");
    Files.createSymbolicLink(hormesis, LaunchedSystem.root().resolve("hormesis"));
  }

  /** The commands of the block that begins so. */
  private static List<String> commandsOf(String beginning) {
    return commands(
        blocks(readme(), "```\n").stream()
            .filter(it -> it.startsWith(beginning))
            .findFirst()
            .orElseThrow());
  }

  /** The commands of a block; one may go on in the next line. */
  private static List<String> commands(String block) {
    return block.replaceAll("\\\\\n\\s*", "").lines().toList();
  }

  private static List<String> blocks(String text, String fence) {
    return Pattern.compile("(?<=\n)" + Pattern.quote(fence) + "(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(it -> it.group(1))
        .toList();
  }

  private static String section() {
    String section = readme().substring(readme().indexOf(TITLE) + TITLE.length());
    return section.substring(0, section.indexOf("\n## "));
  }

  private static String readme() {
    return text(LaunchedSystem.root().resolve("README.md"));
  }

  /** Runs a command at the ports where the first server of the system listens. */
  private String asked(String command, String system) throws IOException, InterruptedException {
    Path record = folder.resolve(".hormesis/%s/hormesis.json".formatted(system));
    if (!Files.exists(record)) {
      return run(command);
    }
    JsonNode server =
        JsonMapper.shared().readTree(Files.readAllBytes(record)).get("servers").get(0);
    return run(
        command
            .replace(USUAL_EDGE, ":" + server.get("edge").asInt())
            .replace(USUAL_MANAGEMENT, ":" + server.get("management").asInt()));
  }

  private String run(String command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // The test shares its machine: it takes ports that are free, and half of the servers.
    builder.environment().put("HORMESIS_PORT", "0");
    builder.environment().put("HORMESIS_SERVERS", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int status = builder.start().waitFor();
    String said = Files.readString(output);
    assertThat(status).as("%s said: %s", command, said).isZero();
    return said;
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").replace("( ", "(").strip();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
