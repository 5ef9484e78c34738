package io.hormesis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test that README shows runs, with the application that it shows; imports are left out. */
final class ReadmeExampleTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String IMPORTS =
      """
      import static io.hormesis.process.Declaration.process;
      import static io.hormesis.process.Route.get;
      import static java.time.Duration.ofSeconds;
      import static org.assertj.core.api.Assertions.assertThat;
      import io.hormesis.process.*;
      import io.hormesis.testing.*;
      """;

  @Test
  void itsTestPasses(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Readme.java"), source());
    StringWriter said = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options(folder), null, files(source))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Launched launched = Launched.of(loader.loadClass("TownLibraryTest"), Optional.of("17"));
      assertThat(launched.names()).containsExactly("seed 17");
      assertThat(launched.tests())
          .allSatisfy(it -> assertThat(it.result().getThrowable()).isEmpty());
    }
  }

  private static Iterable<? extends javax.tools.JavaFileObject> files(Path source) {
    return ToolProvider.getSystemJavaCompiler()
        .getStandardFileManager(null, null, null)
        .getJavaFileObjects(source);
  }

  private static List<String> options(Path classes) {
    String path = System.getProperty("java.class.path");
    return List.of("-proc:none", "-parameters", "-d", classes.toString(), "-classpath", path);
  }

  /** One source file holds all blocks, so none of its types can be public or be imported. */
  private static String source() throws IOException {
    Path readme = Path.of(System.getProperty("hormesis.root"), "README.md");
    String blocks =
        JAVA.matcher(Files.readString(readme))
            .results()
            .map(it -> it.group(1).replaceAll("(?m)^public ", ""))
            .collect(Collectors.joining("\n"));
    assertThat(blocks).contains("@Simulated");
    return IMPORTS
        + blocks
            .replace("Greet.class", "Greetings.Greet.class")
            .replace("case Greet ", "case Greetings.Greet ")
            .replace("new Greet(", "new Greetings.Greet(")
            .replace("new Greeting(", "new Greetings.Greeting(");
  }
}
