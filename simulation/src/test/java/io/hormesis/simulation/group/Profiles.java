package io.hormesis.simulation.group;

import io.hormesis.simulation.group.GroupProfile.Trait;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The worlds of the suite, by the names that a replay is given. */
final class Profiles {

  /** Both that live are needed, and one answers later than an election lasts at first. */
  private static final GroupProfile ONE_SLOW_ONE_DEAD =
      GroupProfile.USUAL
          .with(Trait.ONE_STAYS_DEAD)
          .with(Trait.ONE_STAYS_SLOW)
          .wholeWithin(Duration.ofMinutes(1));

  static final Map<String, GroupProfile> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("usual", GroupProfile.USUAL),
              Map.entry("one-dead", GroupProfile.USUAL.with(Trait.ONE_STAYS_DEAD)),
              Map.entry("disk-lost", GroupProfile.USUAL.with(Trait.ONE_DISK_LOST)),
              Map.entry("snapshots", GroupProfile.USUAL.withSnapshotEvery(20)),
              Map.entry(
                  "snapshots-one-dead",
                  GroupProfile.USUAL.withSnapshotEvery(20).with(Trait.ONE_STAYS_DEAD)),
              Map.entry("one-slow", ONE_SLOW_ONE_DEAD),
              Map.entry(
                  "slow-then-quick",
                  GroupProfile.USUAL.with(Trait.ONE_STAYS_DEAD).with(Trait.ALL_SLOW_FOR_A_WHILE)),
              // A surge leaves a backlog that such disks need a while for.
              Map.entry(
                  "slow-disks",
                  GroupProfile.USUAL.with(Trait.SLOW_DISKS).wholeWithin(Duration.ofMinutes(2))),
              Map.entry("consensus", GroupProfile.CONSENSUS_ALONE)));

  private Profiles() {}

  static GroupProfile named(String name) {
    GroupProfile profile = BY_NAME.get(name);
    if (profile == null) {
      throw new IllegalArgumentException(
          "profile '%s': there are %s".formatted(name, BY_NAME.keySet()));
    }
    return profile;
  }
}
