package io.hormesis.process;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.process.House.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The habits of STYLE.md that a machine can check, over the files of all modules. It runs with the
 * whole suite, not with the quick tests of this one module, which would then fail for others'
 * files.
 */
@Tag("slow")
class HouseTest {
  private static final int FEWER_LINES_THAN = 400;
  private static final int METHOD_LINES = 40;

  /** Waiting in real time is what a trial is for: it measures a system that runs. */
  private static final List<String> MAY_SLEEP = List.of("trial/src/main/");

  /** The programs' own ends. */
  private static final List<String> MAY_EXIT =
      List.of(
          "cli/src/main/java/io/hormesis/cli/ShutdownGuard.java",
          "cli/src/main/java/io/hormesis/cli/Main.java",
          "cli/src/main/scripts/",
          "cli/src/test/resources/lawless/",
          "cluster/src/main/java/io/hormesis/cluster/RunningServer.java",
          "cluster/src/main/java/io/hormesis/cluster/ServerMain.java",
          "keeper/src/test/java/io/hormesis/keeper/FakeServer.java",
          "microbench/src/main/java/io/hormesis/microbench/MicrobenchMain.java",
          "replication/src/test/java/io/hormesis/replication/LoneWriter.java",
          "storage/src/test/java/io/hormesis/storage/InFlightFileTest.java",
          "cli/src/test/resources/lethal/");

  /** What a person sees of an internal error, and nobody else handles. */
  private static final List<String> MAY_PRINT_A_TRACE =
      List.of("cli/src/main/java/io/hormesis/cli/Main.java");

  @Test
  void theWholeProjectIsSeen() {
    assertThat(House.javaFiles()).hasSizeGreaterThan(100);
    assertThat(House.markdownFiles())
        .extracting(Page::path)
        .contains(
            "README.md",
            "ARCHITECTURE.md",
            "VOCABULARY.md",
            "STYLE.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md");
    assertThat(House.read("LICENSE")).contains("Apache License", "Version 2.0");
  }

  @Test
  void noFileIsLong() {
    assertThat(House.javaFiles())
        .filteredOn(it -> it.lines().size() >= FEWER_LINES_THAN)
        .extracting(it -> "%s has %d lines".formatted(it.path(), it.lines().size()))
        .as("Java files must have fewer than %d lines: split them", FEWER_LINES_THAN)
        .isEmpty();
  }

  @Test
  void noTwoTypesHaveOneName() {
    Map<String, List<String>> byName =
        House.javaFiles().stream()
            .map(Page::path)
            .filter(it -> !it.endsWith("package-info.java") && !it.contains("/resources/"))
            .collect(groupingBy(it -> it.substring(it.lastIndexOf('/') + 1)));

    assertThat(byName).hasSizeGreaterThan(100);
    assertThat(byName.values())
        .filteredOn(it -> it.size() > 1)
        .as("one word has one meaning: no simple name of a type may stand in two places")
        .isEmpty();
  }

  @Test
  void noMethodIsLong() throws IOException {
    List<Methods.Measured> methods = Methods.of(House.shippedJavaFiles());

    assertThat(methods).hasSizeGreaterThan(100);
    assertThat(methods)
        .filteredOn(it -> it.lines() > METHOD_LINES)
        .extracting(it -> "%s: %s has %d lines".formatted(it.file(), it.name(), it.lines()))
        .as("methods must have at most %d lines: split them", METHOD_LINES)
        .isEmpty();
  }

  @Test
  void nobodySleeps() {
    assertThat(linesWith("Thread\\s*\\.\\s*sleep\\s*\\(", MAY_SLEEP))
        .as("wait on a condition with a limit, never sleep")
        .isEmpty();
  }

  @Test
  void onlyAProgramEndsItself() {
    assertThat(linesWith("System\\s*\\.\\s*exit\\s*\\(|\\.\\s*halt\\s*\\(", MAY_EXIT))
        .as("only a program's main class may end the process: throw or return instead")
        .isEmpty();
  }

  @Test
  void noStackTraceIsPrinted() {
    assertThat(linesWith("\\.\\s*printStackTrace\\s*\\(", MAY_PRINT_A_TRACE))
        .as("give an exception to the logger, or to whoever decides about it")
        .isEmpty();
  }

  @Test
  void noTypeIsCalledWhatSaysNothing() {
    assertThat(
            linesWith(
                "\\b(class|interface|record|enum)\\s+\\w*(Manager|Helper|Util|Utils|Impl)\\b",
                List.of()))
        .as("a type is named by a noun of VOCABULARY.md")
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(linesWith("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b", List.of()))
        .as("do it, or write an issue")
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndThatNothingIsNull() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (Page page : House.shippedJavaFiles()) {
      String folder = page.path().substring(0, page.path().lastIndexOf('/'));
      packages.add(folder);
      if (page.name().equals("package-info.java")
          && page.text().startsWith("/**")
          && page.text().contains("@NullMarked")) {
        marked.add(folder);
      }
    }
    assertThat(marked).as("package-info.java with Javadoc and @NullMarked").isEqualTo(packages);
  }

  @Test
  void aMarkdownFileHasOneTitle() {
    for (Page page : House.markdownFiles()) {
      assertThat(titles(page)).as("titles of %s", page.path()).hasSize(1);
      assertThat(page.text()).as("first line of %s", page.path()).startsWith("# ");
    }
  }

  @Test
  void linksLeadSomewhere() {
    Pattern link = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
    for (Page page : House.markdownFiles()) {
      Matcher matcher = link.matcher(page.text());
      while (matcher.find()) {
        assertThat(House.ROOT.resolve(page.path()).resolveSibling(matcher.group(1)))
            .as("link in %s", page.path())
            .satisfies(it -> assertThat(Files.exists(it)).isTrue());
      }
    }
  }

  @Test
  void everyModuleIsInTheArchitecture() {
    String architecture = House.read("ARCHITECTURE.md");
    Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(House.read("pom.xml"));
    Set<String> modules = new TreeSet<>();
    while (module.find()) {
      modules.add(module.group(1));
    }
    assertThat(modules).hasSizeGreaterThan(10);
    assertThat(modules)
        .allSatisfy(it -> assertThat(architecture).as("ARCHITECTURE.md").contains("`" + it + "`"));
  }

  @Test
  void thePlatformDoesNotKnowTheExample() {
    assertThat(House.shippedJavaFiles())
        .filteredOn(it -> !it.path().startsWith("examples/"))
        .filteredOn(it -> it.text().contains("io.hormesis" + ".examples"))
        .extracting(Page::path)
        .as("the example has no privilege: nothing in the platform names it")
        .isEmpty();
  }

  private static List<String> titles(Page page) {
    boolean[] code = {false};
    return page.lines().stream()
        .filter(line -> {
          code[0] ^= line.startsWith("```");
          return !code[0] && line.startsWith("# ");
        })
        .toList();
  }

  private static List<String> linesWith(String pattern, List<String> exceptBelow) {
    Pattern searched = Pattern.compile(pattern);
    return House.javaFiles().stream()
        .filter(it -> exceptBelow.stream().noneMatch(it.path()::startsWith))
        .flatMap(page ->
            page.lines().stream()
                .filter(line -> searched.matcher(line).find())
                .map(line -> page.path() + ": " + line.strip()))
        .toList();
  }
}
