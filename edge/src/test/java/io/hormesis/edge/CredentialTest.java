package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialTest {
  @TempDir Path data;

  @Test
  void itIsMadeOnceForItsOwnerOnly() throws IOException {
    Credential made = Credential.in(data);
    Path file = data.resolve("credential");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.authorization()).matches("Bearer [0-9a-f]{64}");
    assertThat(Credential.in(data).authorization()).isEqualTo(made.authorization());
    assertThat(made.isIn(Optional.of(made.authorization()))).isTrue();
    assertThat(made.isIn(Optional.of(made.authorization() + "0"))).isFalse();
    assertThat(made.isIn(Optional.empty())).isFalse();
  }

  @Test
  void serversThatBeginAtOnceHaveTheSame() throws Exception {
    Set<String> made = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all =
          Stream.generate(() -> threads.submit(() -> Credential.in(data).authorization()))
              .limit(20)
              .toList();
      for (Future<String> one : all) {
        made.add(one.get());
      }
    }
    assertThat(made).hasSize(1);
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Credential.in(data);
    Path file = data.resolve("credential");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Credential.in(data))
        .isInstanceOf(EdgeException.class)
        .hasMessage(
            "file %s must be readable by its owner only, but is rw-r-----: run chmod 600 on it"
                .formatted(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(Credential.in(data).authorization()).isNotEmpty();
  }

  @Test
  void aFileThatHoldsNoTokenIsRefused() throws IOException {
    Credential.in(data);
    Path file = data.resolve("credential");
    Files.writeString(file, "sesame");
    assertThatThrownBy(() -> Credential.in(data))
        .isInstanceOf(EdgeException.class)
        .hasMessage(
            "file %s must hold 64 hexadecimal digits, but does not: remove it, a new one is made at the next start"
                .formatted(file));
  }
}
