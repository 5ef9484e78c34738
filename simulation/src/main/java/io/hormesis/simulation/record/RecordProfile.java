package io.hormesis.simulation.record;

import io.hormesis.replication.Mutation;
import io.hormesis.simulation.FaultProfile;
import java.time.Duration;
import java.util.Set;

/**
 * What kind of world is run.
 *
 * @param faults how often something goes wrong
 * @param faultsFor how long, from the beginning
 * @param wholeWithin within this time after that the world must be whole: a leader in each group,
 *     all living members caught up, all requests answered, the outbox empty, and a new write
 *     acknowledged
 * @param askEvery mean time between two requests of clients
 * @param keys number of keys that they ask for
 * @param snapshotEvery commits between two snapshots; 0 is drawn from the seed
 * @param boxed whether there is a second group that the first one tells by notices
 * @param oneStaysDead whether one server is down for good when faults end
 * @param slowDisks whether every force takes 5 to 40 ms, as on a disk that turns
 * @param mutations errors built into the servers
 */
public record RecordProfile(
    FaultProfile faults,
    Duration faultsFor,
    Duration wholeWithin,
    Duration askEvery,
    int keys,
    int snapshotEvery,
    boolean boxed,
    boolean oneStaysDead,
    boolean slowDisks,
    Set<Mutation> mutations) {

  /** A minute of the usual faults, 40 requests a second to 20 keys. */
  public static final RecordProfile USUAL =
      new RecordProfile(
          FaultProfile.USUAL,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofMillis(25),
          20,
          0,
          true,
          false,
          false,
          Set.of());

  /** Consensus alone: one group, few requests, a crash every 1.5 s and nothing else. */
  public static final RecordProfile CONSENSUS_ALONE =
      new RecordProfile(
          new FaultProfile(
              Duration.ofMillis(1500), FaultProfile.NEVER, FaultProfile.NEVER, FaultProfile.NEVER),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          3,
          0,
          false,
          false,
          false,
          Set.of());

  public RecordProfile {
    mutations = Set.copyOf(mutations);
  }

  public RecordProfile with(Mutation mutation) {
    return new RecordProfile(
        faults,
        faultsFor,
        wholeWithin,
        askEvery,
        keys,
        snapshotEvery,
        boxed,
        oneStaysDead,
        slowDisks,
        Set.of(mutation));
  }

  public RecordProfile withSnapshotEvery(int commits) {
    return new RecordProfile(
        faults,
        faultsFor,
        wholeWithin,
        askEvery,
        keys,
        commits,
        boxed,
        oneStaysDead,
        slowDisks,
        mutations);
  }

  public RecordProfile withOneDeadAtTheEnd() {
    return new RecordProfile(
        faults,
        faultsFor,
        wholeWithin,
        askEvery,
        keys,
        snapshotEvery,
        boxed,
        true,
        slowDisks,
        mutations);
  }

  public RecordProfile withSlowDisks() {
    return new RecordProfile(
        faults,
        faultsFor,
        wholeWithin,
        askEvery,
        keys,
        snapshotEvery,
        boxed,
        oneStaysDead,
        true,
        mutations);
  }
}
