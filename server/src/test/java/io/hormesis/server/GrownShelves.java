package io.hormesis.server;

import io.hormesis.process.Command;
import io.hormesis.process.StatefulWorker;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may become of the code of {@link ManifestFileTest} beside its store. */
final class GrownShelves {
  private GrownShelves() {}

  public sealed interface Desk {
    record Put(Optional<String> note, String name, Paint mark) implements Desk, Command<Long> {}

    record Take(String name) implements Desk, Command<Long> {}
  }

  enum Paint {
    RED,
    BLUE,
    GREEN
  }

  record Novel(List<String> authors, String title, int pages, Map<String, Long> lent, Paint mark) {}

  record Rack(List<Novel> books, Optional<Rack> below) {}

  static final class Keeper extends ShelfKeeper<Rack, Desk> implements StatefulWorker<Rack, Desk> {}
}
