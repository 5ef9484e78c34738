package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code new} writes and refuses; that it builds and runs is told by {@link ReadmeTest}. */
final class NewCommandTest {
  @TempDir Path temp;

  @Test
  void anApplicationIsCalledLikeItsFolder() throws IOException {
    Path folder = temp.resolve("town-library");
    Typed typed = Typed.line("new", folder);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "application town-library is in %s: begin with README.md there".formatted(folder),
            "run it: ./hormesis up " + folder,
            "run it among faults: ./hormesis simulate " + folder);
    assertThat(folder.resolve("src/main/java/townlibrary/TownLibraryApplication.java"))
        .content()
        .contains("package townlibrary;", "class TownLibraryApplication ", "\"town-library\"");
    assertThat(
            folder.resolve(
                "src/main/resources/META-INF/services/io.hormesis.process.Application$Source"))
        .hasContent("townlibrary.TownLibraryApplication");
    assertThat(folder.resolve("README.md")).content().hasLineCount(10);
    assertThat(files(folder))
        .hasSize(11)
        .allSatisfy(it -> assertThat(it).content().doesNotContain("{{", "}}", "@project"));
  }

  @Test
  void whatIsWrittenCompilesWithoutAWarning() throws IOException {
    Path folder = temp.resolve("shop");
    Typed.line("new", folder);
    List<String> arguments =
        new ArrayList<>(
            List.of("-parameters", "-proc:none", "-Werror", "-Xlint:all", "-Xlint:-classfile"));
    arguments.addAll(List.of("-d", temp.resolve("classes").toString()));
    files(folder).stream()
        .map(Path::toString)
        .filter(it -> it.endsWith(".java"))
        .forEach(arguments::add);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(String[]::new));
    assertThat(said.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
  }

  @Test
  void aNameMayBeGiven() {
    Path folder = temp.resolve("My Folder");
    assertThat(Typed.line("new", folder, "--name", "shop").out())
        .startsWith("application shop is in '" + folder + "'");
    assertThat(folder.resolve("src/test/java/shop/ShopApplicationTest.java")).exists();
  }

  @Test
  void aFolderWithFilesIsRefusedAndLeftAsItIs() throws IOException {
    Path thesis = Files.writeString(temp.resolve("thesis.txt"), "three years of work");
    BadCommandLineTest.refused(
        Typed.line("new", temp, "--name", "shop"),
        "folder %s must be new or empty, but holds thesis.txt: name another".formatted(temp));
    BadCommandLineTest.refused(
        Typed.line("new", thesis, "--name", "shop"),
        "folder %s must be new or empty, but is a file: name another".formatted(thesis));
    BadCommandLineTest.refused(
        Typed.line("new", thesis.resolve("shop")),
        "folder %s must take a new application, but cannot be written (java.nio.file.FileSystemException: %s: Not a directory): name another"
            .formatted(thesis.resolve("shop"), thesis.resolve("shop")));
    assertThat(thesis).hasContent("three years of work");
    assertThat(files(temp)).containsExactly(thesis);
  }

  @Test
  void aNameThatCannotBeIsRefusedBeforeAnythingIsWritten() {
    for (String wrong : List.of("My Shop", "", "1st", "-a", "größe", "a".repeat(41), "../shop")) {
      BadCommandLineTest.refused(
          Typed.line("new", temp.resolve("new"), "--name", wrong),
          "name of an application must be 1 to 40 lower-case letters, digits and dashes, a letter first, but was \"%s\": give another with --name"
              .formatted(wrong));
    }
    for (String javas : List.of("new", "int", "in-t", "true", "java")) {
      BadCommandLineTest.refused(
          Typed.line("new", temp.resolve("new"), "--name", javas),
          "name of an application must be no word of Java's own, for a package is called by it, but was \"%s\": give another with --name"
              .formatted(javas));
    }
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void aFolderMustBeNamed() {
    BadCommandLineTest.refused(
        Typed.line("new"), "Missing required parameter: 'FOLDER'; see ./hormesis help new");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
