package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application of other people, with nothing on its class path but this module. */
class OutsideApplicationTest {
  private static final Path OUTSIDE =
      Path.of(System.getProperty("hormesis.root"), "cli/src/test/resources/outside/src/main");

  @Test
  void itCompilesAndIsFound(@TempDir Path classes) throws Exception {
    assertThat(Compilation.ofFolder(OUTSIDE.resolve("java"), classes).errors()).isEmpty();

    URL[] jars = {classes.toUri().toURL(), OUTSIDE.resolve("resources").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jars, getClass().getClassLoader())) {
      List<Application> found =
          ServiceLoader.load(Application.Source.class, loader).stream()
              .map(it -> it.get().application())
              .toList();

      assertThat(found).singleElement().satisfies(OutsideApplicationTest::isTheLibrary);
    }
  }

  private static void isTheLibrary(Application application) {
    assertThat(application.name()).isEqualTo("town-library");
    assertThat(application.processes())
        .extracting(Declaration::name)
        .containsExactly("greeter", "loans");
    assertThat(application.routes())
        .extracting(it -> it.method() + " " + it.path())
        .containsExactly(
            "POST /loans",
            "POST /loans/{book}/return",
            "GET /loans/{book}",
            "GET /greetings/{reader}");
  }
}
