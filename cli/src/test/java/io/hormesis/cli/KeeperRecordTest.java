package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeeperRecordTest {
  @TempDir Path data;

  @Test
  void itTellsWhatRunsAndItsOwnerAloneMayReadIt() throws Exception {
    ProcessMark own = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();
    KeeperJournal journal = new KeeperJournal(data, new Silent());
    assertThat(KeeperRecord.read(data)).contains(KeeperRecord.of(own));
    assertThat(Files.getPosixFilePermissions(KeeperRecord.file(data)))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    journal.started("a1", own.pid());
    journal.ready();
    assertThat(KeeperRecord.read(data)).contains(new KeeperRecord(1, own, true, Map.of("a1", own)));

    journal.ended("a1", own.pid(), 137, false);
    assertThat(KeeperRecord.read(data)).contains(new KeeperRecord(1, own, true, Map.of()));

    journal.close();
    assertThat(KeeperRecord.read(data)).isEmpty();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void oneThatCannotBeReadIsRefusedWithWhatToDo() throws Exception {
    Files.writeString(KeeperRecord.file(data), "{");
    assertThatThrownBy(() -> KeeperRecord.read(data))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "%s must be readable and tell who keeps the system, but is not ("
                .formatted(KeeperRecord.file(data)))
        .hasMessageEndingWith("): be its owner, or remove it when nothing of the system runs");
    Files.writeString(
        KeeperRecord.file(data),
        "{\"format\":2,\"keeper\":{\"pid\":1,\"born\":\"b\"},\"ready\":true,\"servers\":{}}");
    assertThatThrownBy(() -> KeeperRecord.read(data))
        .hasMessage(
            "%s must have format 1, but has 2: use the version of Hormesis that wrote it"
                .formatted(KeeperRecord.file(data)));
  }

  /** Hears nothing. */
  private static final class Silent implements KeeperListener {
    @Override
    public void started(String server, long pid) {}

    @Override
    public void ended(String server, long pid, int status, boolean ordered) {}

    @Override
    public void endedWhileRunning(String server, List<InFlightRequest> requests) {}

    @Override
    public void state(String server, ServerState state, String reason) {}

    @Override
    public void waits(String server, String reason) {}

    @Override
    public void givenUp(String server, String reason) {}
  }
}
