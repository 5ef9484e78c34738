package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.process.Application;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application has its own classes, and shares with the platform what both speak of. */
class ApplicationLoaderTest {
  @TempDir Path temp;

  private ClassLoader platform = ApplicationLoader.class.getClassLoader();

  @BeforeEach
  void fillThePlatform() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("platform"));
    compile(folder, "lib.Both", "package lib; public class Both { }");
    compile(folder, "lib.Theirs", supplier("Theirs", "of the platform"));
    name(folder, "lib.Theirs");
    platform = new URLClassLoader(new URL[] {folder.toUri().toURL()}, platform);
  }

  @Test
  void itsOwnVersionOfALibraryComesFirst() throws Exception {
    Path own = own();
    compile(own, "lib.Both", "package lib; public class Both { public void newer() { } }");
    try (ApplicationLoader loader = ApplicationLoader.of(List.of(own), platform)) {
      Class<?> both = loader.loadClass("lib.Both");
      assertThat(both.getClassLoader()).isSameAs(loader);
      assertThat(both.getMethod("newer")).isNotNull();
      assertThat(platform.loadClass("lib.Both")).isNotSameAs(both);
    }
  }

  @Test
  void whatItDoesNotBringIsThePlatforms() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of(List.of(own()), platform)) {
      assertThat(loader.loadClass("lib.Both")).isSameAs(platform.loadClass("lib.Both"));
      assertThatThrownBy(() -> loader.loadClass("lib.Nobodys"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessage("lib.Nobodys");
    }
  }

  @Test
  void whatIsOursAndTheJdksIsSharedWhateverIsInTheJar() throws Exception {
    Path own = own();
    compile(
        own,
        "io.hormesis.process.Application",
        "package io.hormesis.process; public class Application { }");
    compile(own, "io.hormesis.extra.Own", "package io.hormesis.extra; public class Own { }");
    try (ApplicationLoader loader = ApplicationLoader.of(List.of(own), platform)) {
      assertThat(loader.loadClass("io.hormesis.process.Application")).isSameAs(Application.class);
      assertThat(loader.loadClass("io.hormesis.extra.Own").getClassLoader()).isSameAs(loader);
      assertThat(loader.loadClass("java.sql.Date")).isSameAs(java.sql.Date.class);
      assertThat(loader.loadClass("javax.tools.ToolProvider")).isSameAs(ToolProvider.class);
    }
  }

  @Test
  void itsThreadsFindItsServicesAndNotThePlatforms() throws Exception {
    Path own = own();
    compile(own, "lib.Ours", supplier("Ours", "of the application"));
    name(own, "lib.Ours");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (ApplicationLoader loader = ApplicationLoader.of(List.of(own), platform)) {
      assertThat(ApplicationLoader.within(loader, ApplicationLoaderTest::services))
          .containsExactly("of the application");
      assertThatThrownBy(() ->
              ApplicationLoader.within(
                  loader,
                  () -> {
                    throw new IllegalStateException("wrong");
                  }))
          .hasMessage("wrong");
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  // A raw service is loaded as such.
  @SuppressWarnings("rawtypes")
  private static List<Object> services() {
    return ServiceLoader.load(Supplier.class).stream().map(it -> it.get().get()).toList();
  }

  private Path own() throws IOException {
    return Files.createDirectories(temp.resolve("own"));
  }

  private static String supplier(String name, String said) {
    return "package lib; public class %s implements java.util.function.Supplier<String> { public String get() { return \"%s\"; } }"
        .formatted(name, said);
  }

  private static void name(Path folder, String provider) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Supplier.class.getName()), provider);
  }

  private static void compile(Path folder, String name, String source) {
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = List.of("-proc:none", "-d", folder.toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(file))
                .call())
        .isTrue();
  }
}
