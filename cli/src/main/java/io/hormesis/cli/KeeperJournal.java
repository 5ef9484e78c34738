package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which processes this launcher keeps, so that the commands of later ones find them. A
 * disk that takes nothing does not hold the keeper up: then they are found by their ports alone.
 */
final class KeeperJournal implements KeeperListener {
  private static final Logger LOG = LoggerFactory.getLogger(KeeperJournal.class);

  private final Path data;
  private final KeeperListener next;
  private KeeperRecord record;

  KeeperJournal(Path data, KeeperListener next) {
    this.data = data;
    this.next = next;
    this.record = KeeperRecord.of(ProcessMark.of(ProcessHandle.current().pid()).orElseThrow());
    update(it -> it);
  }

  /** The start is over. */
  void ready() {
    update(KeeperRecord::whenReady);
  }

  /** All servers have ended. */
  void close() {
    try {
      Files.deleteIfExists(KeeperRecord.file(data));
    } catch (IOException failure) {
      LOG.warn("{} is left over: {}", KeeperRecord.file(data), failure.toString());
    }
  }

  @Override
  public void started(String server, long pid) {
    ProcessMark.of(pid).ifPresent(mark -> update(it -> it.started(server, mark)));
    next.started(server, pid);
  }

  @Override
  public void ended(String server, long pid, int status, boolean ordered) {
    update(it -> it.ended(server));
    next.ended(server, pid, status, ordered);
  }

  @Override
  public void endedWhileRunning(String server, List<InFlightRequest> requests) {
    next.endedWhileRunning(server, requests);
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    next.state(server, state, reason);
  }

  @Override
  public void waits(String server, String reason) {
    next.waits(server, reason);
  }

  @Override
  public void givenUp(String server, String reason) {
    next.givenUp(server, reason);
  }

  private synchronized void update(UnaryOperator<KeeperRecord> change) {
    record = change.apply(record);
    try {
      record.write(data);
    } catch (IOException failure) {
      LOG.warn("{} cannot be written: {}", KeeperRecord.file(data), failure.toString());
    }
  }
}
