package io.hormesis.simulation.group;

import io.hormesis.simulation.FaultProfile;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What kind of world is run.
 *
 * @param faults how often something goes wrong
 * @param load what clients ask
 * @param times how long it lasts
 * @param snapshotEvery commits between two snapshots; 0 is drawn from the seed
 * @param traits what else is particular to this world
 */
public record GroupProfile(
    FaultProfile faults, Load load, Times times, int snapshotEvery, Set<Trait> traits) {

  /** What may be particular to a world. */
  public enum Trait {
    /** There is one group only, and it tells nobody anything. */
    ALONE,
    /** One server is down for good when faults end. */
    ONE_STAYS_DEAD,
    /** What one server says, not the dead one, takes 0.3 to 0.8 s longer for good then. */
    ONE_STAYS_SLOW,
    /** All servers answer late for some seconds then; soon after that all groups have leaders. */
    ALL_SLOW_FOR_A_WHILE,
    /** One server loses its disk while another is behind. */
    ONE_DISK_LOST,
    /** Every force takes 5 to 40 ms, as on a disk that turns. */
    SLOW_DISKS
  }

  /**
   * What clients ask.
   *
   * @param every mean time between two requests
   * @param keys number of keys that they ask for
   */
  public record Load(Duration every, int keys) {}

  /**
   * How long a world lasts.
   *
   * @param faults for how long something may go wrong, from the beginning
   * @param wholeWithin within this time after that the world must be whole: a leader in each group,
   *     all living members caught up, all requests answered, the outbox empty, and a new write
   *     acknowledged
   */
  public record Times(Duration faults, Duration wholeWithin) {}

  private static final Times A_MINUTE = new Times(Duration.ofMinutes(1), Duration.ofSeconds(20));

  /** A minute of the usual faults, 40 requests a second to 20 keys. */
  public static final GroupProfile USUAL =
      new GroupProfile(
          FaultProfile.USUAL, new Load(Duration.ofMillis(25), 20), A_MINUTE, 0, Set.of());

  /**
   * Consensus alone: one group, a crash every 1.5 s, a bad network, and so few requests that what
   * the log forces anyway seldom hides what was not forced for itself.
   */
  public static final GroupProfile CONSENSUS_ALONE =
      new GroupProfile(
          new FaultProfile(
              Duration.ofMillis(1500),
              Duration.ofMillis(500),
              FaultProfile.NEVER,
              Duration.ofSeconds(3),
              Duration.ofSeconds(2),
              0),
          new Load(Duration.ofMillis(200), 3),
          A_MINUTE,
          0,
          Set.of(Trait.ALONE));

  public GroupProfile {
    traits = Set.copyOf(traits);
    if (traits.contains(Trait.ONE_STAYS_DEAD) && traits.contains(Trait.ONE_DISK_LOST)) {
      throw new IllegalArgumentException(
          "ONE_STAYS_DEAD and ONE_DISK_LOST: two of three members would be lost: choose one");
    }
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public GroupProfile with(Trait trait) {
    Set<Trait> more = EnumSet.of(trait);
    more.addAll(traits);
    return new GroupProfile(faults, load, times, snapshotEvery, more);
  }

  /** The same, in a world that may take so long to be whole again. */
  public GroupProfile wholeWithin(Duration limit) {
    return new GroupProfile(faults, load, new Times(times.faults(), limit), snapshotEvery, traits);
  }

  public GroupProfile withSnapshotEvery(int commits) {
    return new GroupProfile(faults, load, times, commits, traits);
  }
}
