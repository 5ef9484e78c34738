package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeFolderTest {
  @TempDir Path temp;

  @Test
  void jarsAreCopiedInTheirOrderIntoAFolderThatIsNamedByTheirHash() throws IOException {
    Path one = Files.writeString(temp.resolve("z.jar"), "one");
    Path two = Files.writeString(temp.resolve("a.jar"), "two");
    CodeFolder code = CodeFolder.of(temp.resolve("data"));
    List<Path> copies = code.keep(List.of(one, two));
    assertThat(copies)
        .extracting(it -> it.getFileName().toString())
        .containsExactly("00-z.jar", "01-a.jar");
    assertThat(copies.getFirst()).hasContent("one");
    assertThat(copies.getLast()).hasContent("two");
    assertThat(copies.getFirst().getParent()).isEqualTo(copies.getLast().getParent());
    assertThat(code.path().relativize(copies.getFirst()).toString())
        .matches("[0-9a-f]{16}/00-z\\.jar");
    assertThat(code.keep(List.of(one, two))).isEqualTo(copies);
    assertThat(code.keep(List.of(two, one))).isNotEqualTo(copies);
  }

  @Test
  void copiesOfEarlierCodeAreRemoved() throws IOException {
    Path jar = Files.writeString(temp.resolve("a.jar"), "one");
    CodeFolder code = CodeFolder.of(temp.resolve("data"));
    Path earlier = code.keep(List.of(jar)).getFirst();
    Files.createDirectories(code.path().resolve("next"));
    Files.writeString(code.path().resolve("next/00-cut-off.jar"), "of a start that was cut off");
    Files.writeString(jar, "two");
    Path later = code.keep(List.of(jar)).getFirst();
    assertThat(earlier).doesNotExist();
    assertThat(later).hasContent("two");
    try (var all = Files.list(code.path())) {
      assertThat(all).containsExactly(later.getParent());
    }
  }

  @Test
  void whatCannotBeCopiedIsRefusedWithWhatToDo() throws IOException {
    Path jar = Files.writeString(temp.resolve("a.jar"), "one");
    CodeFolder code = CodeFolder.of(Files.writeString(temp.resolve("data"), "a file"));
    assertThatThrownBy(() -> code.keep(List.of(jar)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "code of the application must be copied into %s, but cannot be ("
                .formatted(code.path()))
        .hasMessageEndingWith("): make room there, or choose another folder with --data DIR");
  }
}
