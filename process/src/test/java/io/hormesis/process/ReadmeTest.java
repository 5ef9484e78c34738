package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README shows to an author compiles; it leaves the imports out. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String IMPORTS =
      """
      import static io.hormesis.process.Declaration.process;
      import static io.hormesis.process.Route.get;
      import io.hormesis.process.*;
      """;

  @Test
  void itsJavaCompiles() {
    List<String> blocks =
        JAVA.matcher(House.read("README.md"))
            .results()
            .map(ReadmeTest::block)
            .filter(it -> !it.contains("@Simulated")) // module testing runs that one
            .toList();

    assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
    String whole =
        String.join("\n", blocks)
            .replace("Greet.class", "Greetings.Greet.class")
            .replace("case Greet ", "case Greetings.Greet ")
            .replace("new Greeting(", "new Greetings.Greeting(");
    assertThat(Compilation.ofSnippet(IMPORTS + whole).errors()).isEmpty();
  }

  /** One source file holds them all, so none of them can be public there. */
  private static String block(MatchResult found) {
    return found.group(1).replaceAll("(?m)^public ", "");
  }
}
