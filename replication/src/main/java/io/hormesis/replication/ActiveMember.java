package io.hormesis.replication;

import io.hormesis.engine.port.Strand;
import io.microraft.Ordered;
import io.microraft.QueryPolicy;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.IndeterminateStateException;
import io.microraft.exception.NotLeaderException;
import io.microraft.exception.RaftException;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.RaftLog;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.persistence.RestoredRaftState;
import io.microraft.report.RaftNodeReport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member whose group is bootstrapped: MicroRaft's node, its store, and what connects them with
 * executor, transport and callers. All of it runs on the group's strand.
 */
final class ActiveMember {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveMember.class);

  /** What comes so soon after the end of a process was sent before it. */
  private static final Duration LATE_FRAMES = Duration.ofMillis(50);

  /** When a new leader may be asked again, before it committed its first entry. */
  private static final Duration READ_AGAIN = Duration.ofMillis(5);

  private final MemberConfig setting;
  private final Strand strand;
  private final String birth;
  private final GroupStore store;
  private final ScaledClock clock;
  private final Random random;
  private final Consumer<RaftNodeReport> reports;
  private final Consumer<ReplicatedState> stateReplaced;
  private final Consumer<LogCommand> applied;
  private final PendingCommits pending;
  private final ExpeditedElection election;
  private final LeadershipTransfer transfer;
  private final Map<String, Long> endedAtNanos = new HashMap<>();
  private Current current;

  /** The node of the moment; a restart in place makes another. */
  private record Current(
      RaftNodeImpl node,
      NodeExecutor executor,
      RaftWorkarounds raftWorkarounds,
      StuckDetector watch,
      GroupMachine machine) {}

  /** The callbacks of an active member. */
  record Callbacks(
      Consumer<RaftNodeReport> reports,
      Consumer<ReplicatedState> stateReplaced,
      Consumer<LogCommand> applied) {}

  /** Builds the node from what the store holds; it begins with {@link #start()}. */
  ActiveMember(
      MemberConfig setting, Strand strand, String birth, GroupStore store, Callbacks callbacks)
      throws IOException {
    this.setting = setting;
    this.strand = strand;
    this.birth = birth;
    this.store = store;
    this.clock = new ScaledClock(setting.ports().clock());
    this.random = new Random(setting.seed());
    this.reports = callbacks.reports();
    this.stateReplaced = callbacks.stateReplaced();
    this.applied = callbacks.applied();
    this.pending = new PendingCommits(setting.ports().clock(), setting.timing().commitDeadline());
    this.election =
        new ExpeditedElection(
            setting.plan(), setting.server(), setting.timing(), setting.ports().clock());
    this.transfer =
        new LeadershipTransfer(
            strand, setting.stopped(), setting.timing().leaderTimeout(), this::failed);
    this.current = build(fitting(store.restore(freshState())));
  }

  /** MicroRaft's ring would silently overwrite what does not fit. */
  private RestoredRaftState fitting(RestoredRaftState restored) throws CorruptStore {
    int entries = restored.getLogEntries().size();
    GroupLimits limits = setting.limits();
    int room = RaftLog.getLogCapacity(limits.snapshotEvery(), limits.uncommitted());
    if (entries > room) {
      throw new CorruptStore(
          "its log has %d entries, but the limits leave room for %d: raise snapshotEvery from %d"
              .formatted(entries, room, limits.snapshotEvery()));
    }
    return restored;
  }

  private ReplicatedState freshState() {
    return new ReplicatedState();
  }

  private Current build(RestoredRaftState restored) {
    NodeExecutor executor = new NodeExecutor(strand, setting.stopped(), setting.switches());
    NodeTransport transport =
        new NodeTransport(
            setting.plan().id(),
            birth,
            store,
            setting.sending(),
            setting.switches(),
            new Heartbeats(setting.ports().clock(), setting.timing().heartbeat()));
    GroupMachine machine =
        new GroupMachine(freshState(), store, setting.limits().chunkBytes(), this::applied);
    RaftNode node =
        RaftNode.newBuilder()
            .setGroupId(setting.plan().id().toString())
            .setRestoredState(restored)
            .setConfig(config())
            .setExecutor(executor)
            .setTransport(transport)
            .setStateMachine(machine)
            .setStore(store)
            .setRaftNodeReportListener(this::reported)
            .setRandom(random)
            .setClock(clock)
            .build();
    RaftNodeImpl raft = (RaftNodeImpl) node;
    RaftWorkarounds raftWorkarounds =
        new RaftWorkarounds(raft, executor, transport, setting.switches());
    StuckDetector watch =
        new StuckDetector(setting.ports().clock(), clock, setting.timing().leaderTimeout());
    return new Current(raft, executor, raftWorkarounds, watch, machine);
  }

  /** Members of lower rank wait longer between elections, so that they do not split the votes. */
  private RaftConfig config() {
    Timing timing = setting.timing();
    int rank = setting.plan().servers().indexOf(setting.server());
    int election = (400 + 150 * rank) * NodeExecutor.SCALE;
    return RaftConfig.newBuilder()
        .setLeaderHeartbeatPeriodSecs(scaledSeconds(timing.heartbeat()))
        .setLeaderHeartbeatTimeoutSecs(scaledSeconds(timing.leaderTimeout()))
        .setLeaderElectionTimeoutMillis(election)
        .setRaftNodeReportPublishPeriodSecs(scaledSeconds(timing.heartbeat()))
        .setAppendEntriesRequestBatchSize(setting.limits().batch())
        .setMaxPendingLogEntryCount(setting.limits().uncommitted())
        .setCommitCountToTakeSnapshot(setting.limits().snapshotEvery())
        .setTransferSnapshotsFromFollowersEnabled(!setting.switches().snapshotsFromLeaderOnly())
        .build();
  }

  private static int scaledSeconds(Duration duration) {
    return Math.toIntExact(duration.multipliedBy(NodeExecutor.SCALE).toSeconds());
  }

  void start() {
    Current starting = current;
    starting.executor().inline(() -> report(starting.node().start()));
    stateReplaced.accept(starting.machine().state());
  }

  private static void report(CompletableFuture<?> start) {
    var _ =
        start.exceptionally(failure -> {
          LOG.error("a member could not start", failure);
          return null;
        });
  }

  String birth() {
    return birth;
  }

  RaftNodeImpl node() {
    return current.node();
  }

  ScaledClock clock() {
    return clock;
  }

  /** Whether a server's process ended, and it was not heard of since. */
  boolean ended(String server) {
    return endedAtNanos.containsKey(server);
  }

  void receive(String from, RaftMessage message) {
    Long ended = endedAtNanos.get(from);
    if (ended != null && setting.ports().clock().since(ended).compareTo(LATE_FRAMES) > 0) {
      endedAtNanos.remove(from);
    }
    Current now = current;
    now.raftWorkarounds().handle(message);
    switch (message) {
      case InstallSnapshotRequest offer -> now.watch().offered(offer, now.node().state());
      case VoteRequest request when setting.timing().evidenceElects() -> {
        if (election.startInstead(request, now.node(), now.executor())) {
          resendVotesLater();
        }
      }
      case TriggerLeaderElectionRequest _ -> {
        election.electionStarted();
        resendVotesLater();
      }
      default -> {}
    }
  }

  private void applied(LogCommand command) {
    applied.accept(command);
  }

  private void reported(RaftNodeReport report) {
    pending.sweep(leader());
    if (report.getTerm().getLeaderEndpoint() != null) {
      current.executor().leaderFound();
    }
    reports.accept(report);
    if (setting.switches().restartInPlace() && current.watch().stuck(report)) {
      Current stuck = current;
      strand.execute(() -> restartInPlace(stuck));
    }
  }

  /** L2, L4: forces first, because MicroRaft counts what it is given as forced. */
  private void restartInPlace(Current stuck) {
    if (stuck.executor().dropped() || setting.stopped().yes()) {
      return;
    }
    LOG.warn("{} on {}: stuck, built again in place", setting.plan().id(), setting.server());
    stuck.executor().drop();
    try {
      store.guarded(() -> current = build(store.restoreAgain(freshState())));
      start();
    } catch (IOException e) {
      LOG.error("{}: cannot be built again: {}", setting.plan().id(), e.getMessage());
    }
  }

  /** A server's process ended: a member that follows its leader starts an election. */
  void processEnded(String server) {
    endedAtNanos.put(server, setting.ports().clock().nanos());
    if (!setting.timing().evidenceElects() || !ExpeditedElection.follows(node(), server)) {
      return;
    }
    Duration wait = setting.timing().nextRank().multipliedBy(election.before(server));
    if (wait.isZero()) {
      startElection(server);
    } else {
      var _ = strand.schedule(wait, () -> startElection(server));
    }
  }

  private void startElection(String dead) {
    if (!setting.stopped().yes() && ended(dead) && ExpeditedElection.follows(node(), dead)) {
      election.startElection(node(), current.executor());
      resendVotesLater();
    }
  }

  private void resendVotesLater() {
    var _ =
        strand.schedule(
            ExpeditedElection.RESEND_AFTER,
            () -> {
              if (!setting.stopped().yes() && election.resend(node(), current.executor())) {
                resendVotesLater();
              }
            });
  }

  /** Replicates an operation; the answer is what the state machine said, as a T. */
  <T> void replicate(EncodedCommand operation, Class<T> type, CompletableFuture<T> answer) {
    if (transfer.underWay()) {
      answer.completeExceptionally(
          failed(NotCommitted.Kind.BUSY, "its leadership is being transferred"));
      return;
    }
    pending.add(answer, NotCommitted.Kind.UNKNOWN);
    RaftNode node = node();
    current.executor().inline(() -> answer(node.<Object>replicate(operation), type, answer));
  }

  /** Transfers the group's leadership to the member of a server, or to the best when empty. */
  void transferLeadership(Optional<String> server, CompletableFuture<Void> done) {
    transfer.begin(node(), current.executor(), it -> mayLead(it, server), done);
  }

  private boolean mayLead(RaftEndpoint member, Optional<String> wanted) {
    String server = RaftCodec.endpoint(member).server();
    return !ended(server) && wanted.filter(it -> !it.equals(server)).isEmpty();
  }

  void read(String key, CompletableFuture<KeyState> answer) {
    pending.add(answer, NotCommitted.Kind.BUSY);
    query(key, answer);
  }

  /** A leader cannot answer before it has committed its first entry: it is asked again then. */
  private void query(String key, CompletableFuture<KeyState> answer) {
    RaftNodeImpl node = node();
    if (node.state().role() == RaftRole.LEADER && !node.canQueryLinearizable()) {
      if (!answer.isDone() && !setting.stopped().yes()) {
        var _ = strand.schedule(READ_AGAIN, () -> query(key, answer));
      }
      return;
    }
    QueryPolicy policy =
        setting.switches().linearizableReads()
            ? QueryPolicy.LINEARIZABLE
            : QueryPolicy.LEADER_LEASE;
    GroupMachine.ReadKey query = new GroupMachine.ReadKey(key);
    current
        .executor()
        .inline(() ->
            answer(
                ((RaftNode) node).<Object>query(query, policy, Optional.empty(), Optional.empty()),
                KeyState.class,
                answer));
  }

  private <T> void answer(
      CompletableFuture<Ordered<Object>> raft, Class<T> type, CompletableFuture<T> answer) {
    var _ =
        raft.whenComplete((ordered, failure) -> {
          if (setting.stopped().yes()) {
            answer.completeExceptionally(failed(NotCommitted.Kind.UNKNOWN, "stopped"));
          } else if (failure != null) {
            answer.completeExceptionally(failed(failure));
          } else {
            answer.complete(type.cast(ordered.getResult()));
          }
        });
  }

  private NotCommitted failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    NotCommitted.Kind kind =
        switch (cause) {
          case NotLeaderException _ -> NotCommitted.Kind.NOT_LEADER;
          case CannotReplicateException _ -> NotCommitted.Kind.BUSY;
          case RaftException _ -> NotCommitted.Kind.UNKNOWN;
          case IllegalStateException _ -> NotCommitted.Kind.BUSY; // not running, or no room
          default -> NotCommitted.Kind.UNKNOWN;
        };
    return failed(kind, why(cause));
  }

  /** MicroRaft does not always say why, but callers are to read it. */
  private static String why(Throwable cause) {
    return cause instanceof IndeterminateStateException
        ? "its leader changed before a majority was known to have it"
        : Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }

  private NotCommitted failed(NotCommitted.Kind kind, String reason) {
    return new NotCommitted(kind, leader(), setting.plan().id() + ": " + reason);
  }

  Optional<String> leader() {
    RaftEndpoint leader = node().getLeaderEndpoint();
    return Optional.ofNullable(leader).map(member -> RaftCodec.endpoint(member).server());
  }

  /** Calls without an answer; from any thread. */
  int waiting() {
    return pending.count();
  }

  /** Ends the node without a word; calls without an answer end as unknown. */
  void close(String reason) {
    current.executor().drop();
    pending.failAll(reason);
    try {
      store.close();
    } catch (IOException e) {
      LOG.warn("{}: {}", setting.plan().id(), e.getMessage());
    }
  }
}
