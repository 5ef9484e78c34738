package io.hormesis.replication;

import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.VoteRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One member, b1, alone on a bench: a test speaks for the two others and hears what it says. */
final class Bench {

  static final Endpoint A = new Endpoint("a1#a");
  static final Endpoint B = new Endpoint("b1#b");
  static final Endpoint C = new Endpoint("c1#c");
  static final List<Endpoint> MEMBERS = List.of(A, B, C);
  static final String BIRTH = "birth";

  final World world = new World(1);
  final MemoryDisk disk = new MemoryDisk();
  final List<Throwable> failures = new ArrayList<>();
  GroupLimits limits = GroupLimits.USUAL.withSnapshotEvery(10);
  WorkaroundSwitches switches = WorkaroundSwitches.ALL;

  /** A message and to which server it went. */
  record Sent(String to, RaftMessage message) {}

  private final List<Sent> sent = new ArrayList<>();
  private Stopped stopped = new Stopped();
  private ActiveMember running;

  private Bench(WorkaroundSwitches switches) {
    this.switches = switches;
    try {
      store().begin(World.GROUP, BIRTH, B, MEMBERS);
      running = build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A member that was just born. */
  static Bench with(WorkaroundSwitches switches) {
    return new Bench(switches);
  }

  static Bench withAllCures() {
    return with(WorkaroundSwitches.ALL);
  }

  static Bench without(String cure) {
    return with(WorkaroundSwitches.without(cure));
  }

  GroupStore store() throws IOException {
    return GroupStore.open(disk, "b1", limits.chunkBytes(), switches, this::failed);
  }

  private void failed(Throwable cause) {
    failures.add(cause);
    var _ = stopped.stop();
  }

  private ActiveMember build() throws IOException {
    stopped = new Stopped();
    ReplicasPorts ports =
        new ReplicasPorts(
            disk, world.strands(() -> true), world.clock(), world.random, this::heard);
    FrameBatcher sending =
        new FrameBatcher(ports.strands().open("frames"), ports.outgoing(), stopped);
    MemberConfig setting =
        new MemberConfig(
            new GroupPlan(World.GROUP, World.SERVERS),
            "b1",
            Timing.USUAL,
            limits,
            ports,
            switches,
            sending,
            stopped,
            1);
    ActiveMember.Callbacks callbacks = new ActiveMember.Callbacks(_ -> {}, _ -> {}, _ -> {});
    return new ActiveMember(setting, ports.strands().open("group"), BIRTH, store(), callbacks);
  }

  private void heard(String server, byte[] frame) {
    for (RaftEnvelope envelope : RaftEnvelope.unframe(frame)) {
      sent.add(new Sent(server, MessageCodec.decode(envelope.group(), envelope.payload())));
    }
  }

  ActiveMember running() {
    return running;
  }

  void start() {
    running.start();
    world.run(Duration.ofMillis(5));
  }

  /** The process ends and comes back on its disk. */
  void restart() {
    var _ = stopped.stop();
    try {
      running = build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** The member receives a message; what it says within a moment is heard. */
  void receive(RaftMessage message) {
    running.receive(RaftCodec.endpoint(message.getSender()).server(), message);
    world.run(Duration.ofMillis(5));
  }

  /** What it said since the last call. */
  List<RaftMessage> said() {
    return takeSent().stream().map(Sent::message).toList();
  }

  List<Sent> takeSent() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  <T extends RaftMessage> Optional<T> said(Class<T> type) {
    return said().stream().filter(type::isInstance).map(type::cast).reduce((_, last) -> last);
  }

  static LogEntry entry(long index, int term) {
    return RaftCodec.MODEL
        .createLogEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(EncodedCommand.of(new LogCommand.NewTerm()))
        .build();
  }

  static List<LogEntry> entries(long from, long to, int term) {
    List<LogEntry> entries = new ArrayList<>();
    for (long index = from; index <= to; index++) {
      entries.add(entry(index, term));
    }
    return entries;
  }

  /** Entries behind an index, from a leader. */
  static AppendEntriesRequest append(
      Endpoint leader,
      int term,
      long previous,
      int previousTerm,
      List<LogEntry> entries,
      long commit) {
    return RaftCodec.MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(World.GROUP)
        .setSender(leader)
        .setTerm(term)
        .setPreviousLogIndex(previous)
        .setPreviousLogTerm(previousTerm)
        .setCommitIndex(commit)
        .setLogEntries(entries)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(1)
        .build();
  }

  static VoteRequest vote(Endpoint candidate, int term, long lastIndex, int lastTerm) {
    return RaftCodec.MODEL
        .createVoteRequestBuilder()
        .setGroupId(World.GROUP)
        .setSender(candidate)
        .setTerm(term)
        .setLastLogIndex(lastIndex)
        .setLastLogTerm(lastTerm)
        .setSticky(false)
        .build();
  }

  static PreVoteRequest preVote(Endpoint candidate, int nextTerm, long lastIndex, int lastTerm) {
    return RaftCodec.MODEL
        .createPreVoteRequestBuilder()
        .setGroupId(World.GROUP)
        .setSender(candidate)
        .setTerm(nextTerm)
        .setLastLogIndex(lastIndex)
        .setLastLogTerm(lastTerm)
        .build();
  }

  static RaftGroupMembersView members() {
    return RaftCodec.MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(0)
        .setMembers(List.<RaftEndpoint>copyOf(MEMBERS))
        .setVotingMembers(List.<RaftEndpoint>copyOf(MEMBERS))
        .build();
  }

  /** An offer of a snapshot (chunk -1), or one of its chunks: empty state in the first. */
  static InstallSnapshotRequest install(
      Endpoint leader, int term, long index, int snapshotTerm, int chunk, int count) {
    List<StateItem> items =
        chunk == 0 ? List.of(new StateItem.Head(java.time.Instant.EPOCH, 0)) : List.of();
    byte[] bytes = StateItem.pack(items, 1000).getFirst();
    return RaftCodec.MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(World.GROUP)
        .setSender(leader)
        .setTerm(term)
        .setSenderLeader(true)
        .setSnapshotIndex(index)
        .setSnapshotTerm(snapshotTerm)
        .setTotalSnapshotChunkCount(count)
        .setSnapshotChunk(
            chunk < 0
                ? null
                : RaftCodec.chunk(
                    index, snapshotTerm, chunk, count, new SnapshotPart(bytes), members()))
        .setSnapshottedMembers(List.of(leader))
        .setGroupMembersView(members())
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(1)
        .build();
  }
}
