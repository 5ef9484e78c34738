package io.hormesis.simulation.record;

import io.hormesis.replication.Mutation;
import io.hormesis.simulation.record.RecordProfile.Trait;
import java.util.Map;
import java.util.TreeMap;

/** The worlds of the suite, by the names that a replay is given. */
final class Profiles {

  static final Map<String, RecordProfile> BY_NAME =
      new TreeMap<>(
          Map.of(
              "usual",
              RecordProfile.USUAL,
              "one-dead",
              RecordProfile.USUAL.with(Trait.ONE_STAYS_DEAD),
              "snapshots",
              RecordProfile.USUAL.withSnapshotEvery(20),
              "snapshots-one-dead",
              RecordProfile.USUAL.withSnapshotEvery(20).with(Trait.ONE_STAYS_DEAD),
              "slow-disks",
              RecordProfile.USUAL.with(Trait.SLOW_DISKS),
              "consensus",
              RecordProfile.CONSENSUS_ALONE,
              "early-ack",
              RecordProfile.USUAL.with(Mutation.ACKNOWLEDGE_BEFORE_FORCE),
              "no-id-check",
              RecordProfile.USUAL.with(Mutation.SKIP_REQUEST_ID_CHECK),
              "vote",
              RecordProfile.CONSENSUS_ALONE.with(Mutation.SKIP_FORCE_OF_VOTE)));

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
