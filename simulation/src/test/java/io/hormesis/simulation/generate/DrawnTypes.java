package io.hormesis.simulation.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Draws types of plain data as an author could write them, and compiles them. */
final class DrawnTypes {
  private static final List<String> LEAVES =
      List.of(
          "String",
          "char",
          "Character",
          "boolean",
          "Boolean",
          "byte",
          "Short",
          "short",
          "int",
          "Integer",
          "long",
          "Long",
          "float",
          "Double",
          "double",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.Duration",
          "io.hormesis.process.RequestId");

  private final RandomGenerator random;
  private final StringBuilder source = new StringBuilder("package drawn;\npublic class All {\n");
  private final List<String> names = new ArrayList<>();

  private DrawnTypes(RandomGenerator random) {
    this.random = random;
  }

  /** So many records, of which later ones hold earlier ones, and enums. */
  static List<Class<?>> compiled(int count, RandomGenerator random, Path folder) throws Exception {
    DrawnTypes drawn = new DrawnTypes(random);
    for (int i = 0; i < count; i++) {
      if (i % 5 == 0) {
        drawn.choice("E" + i);
      } else {
        drawn.record("R" + i);
      }
    }
    drawn.compile(folder);
    URL[] urls = {folder.toUri().toURL()};
    List<Class<?>> types = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls, DrawnTypes.class.getClassLoader())) {
      for (String name : drawn.names) {
        types.add(Class.forName("drawn.All$" + name, true, loader));
      }
    }
    return types;
  }

  /** Constants that all show the same. */
  private void choice(String name) {
    source.append(
        "  public enum %s { A, B { }, %s; public String toString() { return \"it\"; } }%n"
            .formatted(name, random.nextBoolean() ? "getC" : "isD"));
    names.add(name);
  }

  /** A record that can do more than hold its components. */
  private void record(String name) {
    List<String> components = new ArrayList<>();
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      components.add(type(0, name) + " c" + (char) ('z' - i));
    }
    source.append(
        """
          public record %s(%s) {
            public boolean isFull() { return true; }
            public String getText() { return null; }
          }
        """
            .formatted(name, String.join(", ", components)));
    names.add(name);
  }

  private String type(int depth, String self) {
    return switch (random.nextInt(depth < 3 ? 10 : 5)) {
      case 3, 4 -> names.isEmpty() ? "String" : names.get(random.nextInt(names.size()));
      case 5, 6 -> "java.util.Optional<%s>".formatted(boxed(type(depth + 1, self)));
      case 7 -> "java.util.List<%s>".formatted(boxed(type(depth + 1, self)));
      case 8 -> "java.util.Map<String, %s>".formatted(boxed(type(depth + 1, self)));
      case 9 -> "java.util.List<%s>".formatted(self);
      default -> LEAVES.get(random.nextInt(LEAVES.size()));
    };
  }

  private static String boxed(String type) {
    return Map.of(
            "char", "Character",
            "boolean", "Boolean",
            "byte", "Byte",
            "short", "Short",
            "int", "Integer",
            "long", "Long",
            "float", "Float",
            "double", "Double")
        .getOrDefault(type, type);
  }

  private void compile(Path folder) throws IOException {
    String text = source + "}\n";
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///drawn/All.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-d", folder.toString());
    assertThat(compiler.getTask(null, null, null, options, null, List.of(file)).call())
        .as(text)
        .isTrue();
  }
}
