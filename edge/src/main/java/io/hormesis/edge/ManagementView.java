package io.hormesis.edge;

import java.util.concurrent.CompletableFuture;

/** What a server tells its operator about itself. Called on an event loop: must not wait. */
public interface ManagementView {

  /** Whether it can serve. */
  boolean ready();

  /** Why it cannot, or a word about how it does; at most a line. */
  String reason();

  /** What {@code /status} shows: records, lists and maps of plain data. */
  CompletableFuture<?> status();
}
