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
public record GroupLimits(
    int snapshotEvery,
    int uncommitted,
    int batch,
    int outbox,
    int inboxFrames,
    Duration replyMemory,
    int entryBytes,
    int chunkBytes) {

  public static final GroupLimits USUAL =
      new GroupLimits(
          5_000, 1_000, 200, 10_000, 2_000, Duration.ofHours(24), 160 * 1024, 128 * 1024);

  public GroupLimits {
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

  public GroupLimits withSnapshotEvery(int entries) {
    return new GroupLimits(
        entries, uncommitted, batch, outbox, inboxFrames, replyMemory, entryBytes, chunkBytes);
  }

  public GroupLimits withOutbox(int notices) {
    return new GroupLimits(
        snapshotEvery,
        uncommitted,
        batch,
        notices,
        inboxFrames,
        replyMemory,
        entryBytes,
        chunkBytes);
  }

  public GroupLimits withReplyMemory(Duration memory) {
    return new GroupLimits(
        snapshotEvery, uncommitted, batch, outbox, inboxFrames, memory, entryBytes, chunkBytes);
  }
}
