package io.hormesis.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the whole project, as they lie in the working folder. */
final class House {
  /** The project's root folder. */
  static final Path ROOT = Path.of(System.getProperty("hormesis.root")).toAbsolutePath();

  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".hormesis", ".idea");

  private House() {}

  /** Every Java file, of tests too. */
  static List<Page> javaFiles() {
    return files(".java");
  }

  /** Every Java file that is shipped. */
  static List<Page> shippedJavaFiles() {
    return javaFiles().stream()
        .filter(it -> it.path().contains("src/main/java/") && !it.path().contains("src/test/"))
        .toList();
  }

  /** Every Markdown file. */
  static List<Page> markdownFiles() {
    return files(".md");
  }

  /** One file of the root folder. */
  static String read(String name) {
    return text(ROOT.resolve(name));
  }

  private static List<Page> files(String ending) {
    List<Page> found = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new Collector(ending, found));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * One file.
   *
   * @param path below the root, with slashes
   */
  record Page(String path, String text) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final String ending;
    private final List<Page> found;

    Collector(String ending, List<Page> found) {
      this.ending = ending;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return NOT_OURS.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(ending)) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        found.add(new Page(path, text(file)));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
