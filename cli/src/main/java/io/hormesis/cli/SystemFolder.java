package io.hormesis.cli;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.SystemRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The system that a command is about, by its data folder. */
record SystemFolder(Path path, SystemRecord record) {

  /**
   * The system whose folder is named; when none is named, the one below the usual data folder, or
   * the only one there that runs.
   *
   * @throws UsageException when there is none, or it is not clear which
   */
  static SystemFolder chosen(Optional<Path> named) {
    Path folder = named.orElseGet(SystemFolder::only).toAbsolutePath().normalize();
    return new SystemFolder(
        folder,
        DataFolder.read(folder)
            .orElseThrow(() ->
                new UsageException(
                    "data folder %s must hold a system, but holds none: start one with ./hormesis up, or name its folder with --data DIR"
                        .formatted(folder))));
  }

  /** Who keeps it now; empty when it does not run. */
  Optional<KeeperRecord> keeper() {
    return running(path);
  }

  private static Optional<KeeperRecord> running(Path folder) {
    return KeeperRecord.read(folder).filter(it -> it.keeper().running().isPresent());
  }

  private static Path only() {
    Path usual = Settings.of(Settings.usualSources()).dataFolder("");
    List<Path> systems = below(usual);
    if (systems.isEmpty()) {
      throw new UsageException(
          "a system must have been started here, but %s holds none: start one with ./hormesis up, or name its folder with --data DIR"
              .formatted(usual));
    }
    if (systems.size() == 1) {
      return systems.getFirst();
    }
    List<Path> running = systems.stream().filter(it -> running(it).isPresent()).toList();
    if (running.size() == 1) {
      return running.getFirst();
    }
    throw new UsageException(
        "one system must be meant, but there are %s, of which %s: name one with --data DIR"
            .formatted(
                systems, running.isEmpty() ? "none runs" : "%d run".formatted(running.size())));
  }

  private static List<Path> below(Path usual) {
    if (!Files.isDirectory(usual)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(usual)) {
      return folders.filter(it -> DataFolder.read(it).isPresent()).sorted().toList();
    } catch (IOException unreadable) {
      throw new UsageException("%s cannot be read: %s".formatted(usual, unreadable.getMessage()));
    }
  }
}
