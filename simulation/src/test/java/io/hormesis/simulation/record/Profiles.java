package io.hormesis.simulation.record;

import io.hormesis.replication.Mutation;
import io.hormesis.simulation.record.RecordProfile.Trait;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The worlds of the suite, by the names that a replay is given. */
final class Profiles {

  /** Both that live are needed, and one answers later than an election lasts at first. */
  private static final RecordProfile ONE_SLOW_ONE_DEAD =
      RecordProfile.USUAL
          .with(Trait.ONE_STAYS_DEAD)
          .with(Trait.ONE_STAYS_SLOW)
          .wholeWithin(Duration.ofMinutes(1));

  static final Map<String, RecordProfile> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("usual", RecordProfile.USUAL),
              Map.entry("one-dead", RecordProfile.USUAL.with(Trait.ONE_STAYS_DEAD)),
              Map.entry("disk-lost", RecordProfile.USUAL.with(Trait.ONE_DISK_LOST)),
              Map.entry("snapshots", RecordProfile.USUAL.withSnapshotEvery(20)),
              Map.entry(
                  "snapshots-one-dead",
                  RecordProfile.USUAL.withSnapshotEvery(20).with(Trait.ONE_STAYS_DEAD)),
              Map.entry("one-slow", ONE_SLOW_ONE_DEAD),
              Map.entry(
                  "slow-then-quick",
                  RecordProfile.USUAL.with(Trait.ONE_STAYS_DEAD).with(Trait.ALL_SLOW_FOR_A_WHILE)),
              // A surge leaves a backlog that such disks need a while for.
              Map.entry(
                  "slow-disks",
                  RecordProfile.USUAL.with(Trait.SLOW_DISKS).wholeWithin(Duration.ofMinutes(2))),
              Map.entry("consensus", RecordProfile.CONSENSUS_ALONE),
              Map.entry("entry", RecordProfile.USUAL.with(Mutation.SKIP_FORCE_OF_ENTRY)),
              Map.entry("vote", RecordProfile.CONSENSUS_ALONE.with(Mutation.SKIP_FORCE_OF_VOTE)),
              Map.entry("majority", RecordProfile.USUAL.with(Mutation.ACKNOWLEDGE_BEFORE_MAJORITY)),
              Map.entry("request-id", RecordProfile.USUAL.with(Mutation.SKIP_REQUEST_ID_CHECK)),
              Map.entry("impatient", ONE_SLOW_ONE_DEAD.with(Mutation.ELECTIONS_EQUALLY_LONG)),
              Map.entry("version", RecordProfile.USUAL.with(Mutation.IGNORE_VERSION)),
              Map.entry(
                  "wiped-name",
                  RecordProfile.USUAL.with(Trait.ONE_DISK_LOST).with(Mutation.WIPED_KEEPS_NAME)),
              Map.entry(
                  "forgotten-notice",
                  RecordProfile.USUAL.with(Mutation.FORGET_NOTICES_ON_LEADER_CHANGE)),
              Map.entry(
                  "early-notice", RecordProfile.USUAL.with(Mutation.SEND_NOTICE_BEFORE_DURABLE))));

  private Profiles() {}

  static RecordProfile named(String name) {
    RecordProfile profile = BY_NAME.get(name);
    if (profile == null) {
      throw new IllegalArgumentException(
          "profile '%s': there are %s".formatted(name, BY_NAME.keySet()));
    }
    return profile;
  }
}
