package io.hormesis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who keeps the system of a data folder, in its file {@code keeper.json}: written when it starts,
 * removed when it has ended in order. One that is left over names processes that have ended, or
 * will soon. Its owner alone may read and write it.
 *
 * @param format version of this record
 * @param keeper the launcher's process that started the servers and ends them
 * @param ready whether the start is over
 * @param servers the servers' processes by name
 */
record KeeperRecord(
    int format, ProcessMark keeper, boolean ready, Map<String, ProcessMark> servers) {
  private static final int FORMAT = 1;
  private static final String FILE = "keeper.json";
  private static final String OWNER_ALONE = "rw-------";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  KeeperRecord {
    servers = new TreeMap<>(servers);
  }

  /** A keeper whose servers do not run yet. */
  static KeeperRecord of(ProcessMark keeper) {
    return new KeeperRecord(FORMAT, keeper, false, Map.of());
  }

  KeeperRecord started(String server, ProcessMark process) {
    Map<String, ProcessMark> all = new TreeMap<>(servers);
    all.put(server, process);
    return new KeeperRecord(format, keeper, ready, all);
  }

  KeeperRecord ended(String server) {
    Map<String, ProcessMark> all = new TreeMap<>(servers);
    all.remove(server);
    return new KeeperRecord(format, keeper, ready, all);
  }

  KeeperRecord whenReady() {
    return new KeeperRecord(format, keeper, true, servers);
  }

  /** Where it is, below a data folder. */
  static Path file(Path data) {
    return data.resolve(FILE);
  }

  /**
   * Reads it; empty when nobody keeps the system.
   *
   * @throws UsageException when it cannot be read
   */
  static Optional<KeeperRecord> read(Path data) {
    Path file = file(data);
    try {
      KeeperRecord record = JSON.readValue(Files.readAllBytes(file), KeeperRecord.class);
      if (record.format() != FORMAT) {
        throw new UsageException(
            "%s must have format %d, but has %d: use the version of Hormesis that wrote it"
                .formatted(file, FORMAT, record.format()));
      }
      return Optional.of(record);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | JacksonException failure) {
      throw new UsageException(
          "%s must be readable and tell who keeps the system, but is not (%s): be its owner, or remove it when nothing of the system runs"
              .formatted(file, failure));
    }
  }

  /** Writes it in the place of the one before. */
  void write(Path data) throws IOException {
    Path next = data.resolve(FILE + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    Files.move(
        next, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
