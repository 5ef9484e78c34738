package io.hormesis.mutation;

import static io.hormesis.mutation.Constant.EMPTY;
import static io.hormesis.mutation.Constant.NOTHING;
import static io.hormesis.mutation.Constant.ONE;
import static io.hormesis.mutation.Constant.ZERO;

import java.util.List;

/** An error that the platform might have, and that its tests must find. */
public enum Mutant {
  /** No error: the control, which must keep every promise. */
  UNCHANGED,
  /** Entries are acknowledged without having been forced. */
  SKIP_FORCE_OF_ENTRY(Patch.call("io.hormesis.replication.GroupStore", "flush", "force", NOTHING)),
  /** A vote is given without having been forced. */
  SKIP_FORCE_OF_VOTE(
      Patch.call("io.hormesis.replication.GroupStore", "persistAndFlushTerm", "force", NOTHING)),
  /** An entry counts as committed when the leader has forced it, before a majority has. */
  ACKNOWLEDGE_BEFORE_MAJORITY(
      Patch.call(
          "io.microraft.impl.RaftNodeImpl",
          "findQuorumMatchIndex",
          "logReplicationQuorumSize",
          ONE)),
  /** A request that was applied before is applied again. */
  SKIP_REQUEST_ID_CHECK(Patch.body("io.hormesis.replication.ReplicatedState", "find", EMPTY)),
  /** A step is applied whatever version of its key it started from. */
  IGNORE_VERSION(Patch.body("io.hormesis.replication.ReplicatedState", "conflicts", ZERO)),
  /** A member whose store is empty comes back under its old name, and votes. */
  WIPED_KEEPS_NAME(
      Patch.call("io.hormesis.replication.Endpoint", "draw", "nextLong", ZERO),
      Patch.call("io.hormesis.replication.BootstrapState", "adopted", "stage", NOTHING)),
  /** An election lasts no longer than the one before, however many there are in a row. */
  ELECTIONS_EQUALLY_LONG(Patch.call("io.hormesis.replication.NodeExecutor", "grown", "min", ZERO)),
  /** A new leader does not deliver what earlier leaders left in the outbox. */
  FORGET_NOTICES_ON_LEADER_CHANGE(
      Patch.result("io.hormesis.replication.Member", "outbox", ForgetfulOutbox.class)),
  /** Notices show in the leader's outbox before their entries are committed. */
  SEND_NOTICE_BEFORE_DURABLE(
      Patch.result("io.hormesis.replication.Member", "commit", HastyOutbox.class),
      Patch.result("io.hormesis.replication.Member", "outbox", HastyOutbox.class)),
  /** An instance whose server is dead is chosen like any other, for ever. */
  ROUTE_TO_THE_DEAD(
      Patch.body("io.hormesis.engine.delivery.RoutingTable", "gone", NOTHING),
      Patch.body("io.hormesis.engine.delivery.RoutingTable", "suspect", NOTHING),
      Patch.body("io.hormesis.engine.delivery.RoutingTable", "silent", NOTHING)),
  /**
   * Nothing is refused, however much waits, and what gets no reply is sent again without a budget.
   */
  RETRY_WITHOUT_BUDGET(
      Patch.body("io.hormesis.engine.overload.AdaptiveLimit", "admit", ONE),
      Patch.body("io.hormesis.engine.overload.QueueDelay", "tooLate", ZERO),
      Patch.body("io.hormesis.edge.RetryWindow", "hasRoom", ONE),
      Patch.body("io.hormesis.engine.delivery.RetryBudget", "hasToken", ONE),
      Patch.body("io.hormesis.engine.delivery.RetryBudget", "take", ONE)),
  /** Whoever changed something and hears nothing gets the last reply that somebody else got. */
  DEFAULT_REPLY_TO_COMMANDS(
      Patch.result("io.hormesis.server.Delivery", "ask", PretendedReply.class));

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of records
  private final List<Patch> patches;

  Mutant(Patch... patches) {
    this.patches = List.of(patches);
  }

  /**
   * Makes a runner of seeds whose whole program has this error.
   *
   * @param type has one constructor, which takes these arguments
   * @param arguments values of the JDK's types
   * @throws IllegalStateException when the error does not fit into the code as it is
   */
  public SeedRunner runner(Class<? extends SeedRunner> type, Object... arguments) {
    PatchedLoader loader = new PatchedLoader(type.getClassLoader(), patches);
    try {
      return (SeedRunner)
          loader.loadClass(type.getName()).getDeclaredConstructors()[0].newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "%s: %s must have one public constructor that takes %s"
              .formatted(this, type, List.of(arguments)),
          e);
    }
  }
}
