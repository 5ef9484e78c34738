package io.hormesis.replication;

import java.time.Duration;

/**
 * How fast a group notices and acts.
 *
 * @param heartbeat period of a leader's heartbeats
 * @param leaderTimeout without a heartbeat for that long a follower starts an election; a member of
 *     lower rank waits a little longer
 * @param commitDeadline a commit, read or delivery without an outcome ends as UNKNOWN or BUSY
 * @param birthRetry period in which a member sends its state while its group is bootstrapped
 * @param nextRank how much later the next in rank starts an election, when evidence elects
 * @param evidenceElects whether the known end of a leader's process starts an election at once
 */
public record Timing(
    Duration heartbeat,
    Duration leaderTimeout,
    Duration commitDeadline,
    Duration birthRetry,
    Duration nextRank,
    boolean evidenceElects) {

  public static final Timing USUAL =
      new Timing(
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          true);

  public Timing {
    if (heartbeat.compareTo(Duration.ofMillis(100)) < 0
        || leaderTimeout.compareTo(heartbeat.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "heartbeat %s must be 100 ms or more, leader timeout %s three times as much or more"
              .formatted(heartbeat, leaderTimeout));
    }
    if (heartbeat.toMillis() % 100 != 0 || leaderTimeout.toMillis() % 100 != 0) {
      throw new IllegalArgumentException(
          "heartbeat %s and leader timeout %s must be whole tenths of a second"
              .formatted(heartbeat, leaderTimeout));
    }
  }

  public Timing withEvidenceElects(boolean elects) {
    return new Timing(heartbeat, leaderTimeout, commitDeadline, birthRetry, nextRank, elects);
  }
}
