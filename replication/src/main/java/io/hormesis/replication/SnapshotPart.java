package io.hormesis.replication;

import io.hormesis.storage.Checkpoint;
import io.hormesis.storage.FlatFileStore;
import java.io.IOException;

/**
 * What MicroRaft holds as the content of a snapshot chunk: bytes while they are on their way in,
 * then only where they lie in a checkpoint file. MicroRaft keeps its chunks until the next
 * snapshot, so they must be small. Used on the group's strand only.
 */
final class SnapshotPart {

  /** Bytes that are received, or a place where they are stored. */
  private sealed interface Content {
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements Content {}

    record Place(Checkpoint.Part part) implements Content {}
  }

  private Content content;

  SnapshotPart(byte[] bytes) {
    this.content = new Content.Bytes(bytes);
  }

  SnapshotPart(Checkpoint.Part part) {
    this.content = new Content.Place(part);
  }

  /** The bytes now lie in a checkpoint. */
  void storedAt(Checkpoint.Part part) {
    content = new Content.Place(part);
  }

  boolean stored() {
    return content instanceof Content.Place;
  }

  byte[] read(FlatFileStore store) throws IOException {
    return switch (content) {
      case Content.Bytes held -> held.bytes();
      case Content.Place place -> store.read(place.part());
    };
  }
}
