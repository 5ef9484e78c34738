package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.storage.LocalDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a real store is killed, again and again, in the middle of its work. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SigkillTest {

  @TempDir private Path folder;

  private Process start() throws IOException {
    List<String> command = new ArrayList<>(LoneWriter.command());
    command.add(folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void killedProcessLosesNothingThatItAcknowledged() throws Exception {
    long acknowledged = 0;
    for (int life = 0; life < 3; life++) {
      Process writer = start();
      try (BufferedReader lines = writer.inputReader(UTF_8)) {
        String first = lines.readLine();
        assertThat(Long.parseLong(first)).isGreaterThan(acknowledged);
        for (int line = 0; line < 120; line++) {
          acknowledged = Long.parseLong(lines.readLine());
        }
        writer.toHandle().destroyForcibly(); // and not its streams
        assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          acknowledged = Math.max(acknowledged, Long.parseLong(line)); // the last may be cut
        }
      } finally {
        writer.destroyForcibly();
      }
    }
    try (LocalDisk disk = LocalDisk.open(folder)) {
      RealTime time = new RealTime();
      try (Replicas replicas = LoneWriter.open(disk, time)) {
        KeyState state = LoneWriter.leader(replicas).read("k").get(1, TimeUnit.MINUTES);
        assertThat(state.version()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(state.state().map(b -> new String(b, UTF_8))).hasValue("" + state.version());
      }
      time.end();
    }
  }
}
