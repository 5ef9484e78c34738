package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process on a file system of its own that is really full. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "a file system for a test alone needs Linux")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FullDiskTest {

  /** Writes until the disk is full, makes room, and writes a little more; then all is gone. */
  private static final String SCRIPT =
      """
      mount -t tmpfs -o size=1m tmpfs "$0" || { echo no namespace; exit; }
      "$@" "$0/data"
      echo ended with $?
      mount -o remount,size=64m tmpfs "$0"
      "$@" "$0/data" 20
      echo ended with $?
      """;

  @TempDir private Path folder;

  @Test
  void aProcessThatEndedOnAFullDiskHasWhatItAcknowledgedOnceThereIsRoom() throws Exception {
    List<String> said = run();
    assumeFalse(
        said.isEmpty() || said.getLast().contains("no namespace"),
        () -> "this machine gives no namespace to make a file system in: " + said);
    int full = said.indexOf("ended with " + LoneWriter.STORE_FAILED);
    assertThat(full).as("%s", said).isGreaterThan(1);
    assertThat(said.get(full - 1)).startsWith("disk full: cannot ").contains("free some space");
    long acknowledged = Long.parseLong(said.get(full - 2));
    assertThat(Long.parseLong(said.get(full + 1))).isGreaterThan(acknowledged);
    assertThat(said.getLast()).isEqualTo("ended with 0");
  }

  private List<String> run() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", SCRIPT, folder.toString()));
    command.addAll(LoneWriter.command());
    Process shell =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }
}
