package io.hormesis.replication;

import io.hormesis.storage.DamagedFile;

/** A store that was forced once and cannot be read any more: its member stays out of the group. */
final class CorruptStore extends DamagedFile {

  private static final long serialVersionUID = 1L;

  CorruptStore(String message) {
    super(message);
  }
}
