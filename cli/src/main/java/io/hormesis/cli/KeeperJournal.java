package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which processes this launcher keeps, so that the commands of later ones find them. A
 * disk that takes nothing does not hold the keeper up: then they are found by their ports alone.
 */
final class KeeperJournal extends PassingListener {
  private static final Logger LOG = LoggerFactory.getLogger(KeeperJournal.class);

  private final Path data;
  private KeeperRecord record;

  KeeperJournal(Path data, KeeperListener next) {
    super(next);
    this.data = data;
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
    super.started(server, pid);
  }

  @Override
  public void ended(String server, long pid, int status, boolean ordered) {
    update(it -> it.ended(server));
    super.ended(server, pid, status, ordered);
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
