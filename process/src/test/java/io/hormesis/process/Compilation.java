package io.hormesis.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/**
 * What the compiler says about an author's sources, with nothing on the class path but this module.
 *
 * @param errors the texts of the errors, on one line each and with short type names; empty when it
 *     compiles
 */
record Compilation(List<String> errors) {

  /** Compiles one source file of class {@code Snippet}. */
  static Compilation ofSnippet(String source) {
    return of(List.of(new Text("Snippet", source)), List.of("-proc:none"));
  }

  /** Compiles all sources below a folder, and leaves the classes in another. */
  static Compilation ofFolder(Path sources, Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      List<Text> texts =
          files.filter(it -> it.toString().endsWith(".java")).map(Compilation::text).toList();
      return of(texts, List.of("-proc:none", "-d", classes.toString()));
    }
  }

  private static Compilation of(List<Text> sources, List<String> options) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-classpath", classPath(), "-Xdiags:verbose", "-implicit:none"));
    boolean compiled = compiler.getTask(null, null, diagnostics, all, null, sources).call();
    List<String> errors =
        diagnostics.getDiagnostics().stream()
            .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
            .map(it -> shortened(it.getMessage(Locale.ROOT)))
            .toList();
    if (compiled != errors.isEmpty()) {
      throw new IllegalStateException(
          "the compiler gave no reason: " + diagnostics.getDiagnostics());
    }
    return new Compilation(errors);
  }

  private static String shortened(String error) {
    return error.replaceAll("\\b(?:\\w+\\.)+(?=[A-Z])", "").replaceAll("\\s+", " ");
  }

  private static Text text(Path file) {
    try {
      String name = file.getFileName().toString().replace(".java", "");
      return new Text(name, Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String classPath() {
    return home(Declaration.class) + java.io.File.pathSeparator + home(NullMarked.class);
  }

  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** One source file in memory. */
  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    Text(String name, String source) {
      super(URI.create("text:///" + name + ".java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
