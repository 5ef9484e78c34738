package io.hormesis.replication;

import java.time.Duration;

/**
 * The bounds of one group.
 *
 * @param snapshotEvery a checkpoint is taken after so many committed entries
 * @param uncommitted most entries that may wait for their commit; beyond it a commit is BUSY
 * @param batch most entries in one message
 * @param outbox most notices that may wait for their delivery; beyond it a change that adds one is
 *     refused
 * @param inboxFrames most received messages that may wait for the group's strand; beyond it they
 *     are dropped
 * @param replyMemory how long replies are remembered; after it only that there was one
 * @param entryBytes largest change, encoded
 * @param chunkBytes size of a part of a checkpoint, as it is sent
 */
public record Limits(
    int snapshotEvery,
    int uncommitted,
    int batch,
    int outbox,
    int inboxFrames,
    Duration replyMemory,
    int entryBytes,
    int chunkBytes) {

  public static final Limits USUAL =
      new Limits(5_000, 1_000, 200, 10_000, 2_000, Duration.ofHours(24), 160 * 1024, 128 * 1024);

  public Limits {
    if (snapshotEvery < 1
        || uncommitted < 1
        || batch < 1
        || outbox < 1
        || inboxFrames < 1
        || entryBytes < 1
        || chunkBytes < 1) {
      throw new IllegalArgumentException("limits must be 1 or more");
    }
    if (entryBytes > 200 * 1024 || chunkBytes > 200 * 1024) {
      throw new IllegalArgumentException(
          "entryBytes %d and chunkBytes %d must fit into one frame: at most 204800"
              .formatted(entryBytes, chunkBytes));
    }
  }

  public Limits withSnapshotEvery(int entries) {
    return new Limits(
        entries, uncommitted, batch, outbox, inboxFrames, replyMemory, entryBytes, chunkBytes);
  }

  public Limits withOutbox(int notices) {
    return new Limits(
        snapshotEvery,
        uncommitted,
        batch,
        notices,
        inboxFrames,
        replyMemory,
        entryBytes,
        chunkBytes);
  }

  public Limits withReplyMemory(Duration memory) {
    return new Limits(
        snapshotEvery, uncommitted, batch, outbox, inboxFrames, memory, entryBytes, chunkBytes);
  }
}
