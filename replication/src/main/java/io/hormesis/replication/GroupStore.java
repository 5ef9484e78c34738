package io.hormesis.replication;

import io.hormesis.storage.Checkpoint;
import io.hormesis.storage.Disk;
import io.hormesis.storage.FlatFileStore;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one member keeps: a {@link Journal} and checkpoints beside it, as MicroRaft's store.
 *
 * <p>The first error ends it (S1): MicroRaft would log it, try again and then acknowledge what was
 * never forced. From then on every call fails, and the server is told to stop.
 *
 * <p>Two checkpoints are kept, and the entries behind the older one: when the newer one turns out
 * to be damaged, it is made again from them. Used on the group's strand only.
 */
final class GroupStore implements RaftStore, AutoCloseable {

  private final Disk disk;
  private final String folder;
  private final int chunkBytes;
  private final WorkaroundSwitches switches;
  private final Consumer<Throwable> failed;
  private final FlatFileStore checkpoints;
  private Journal journal;
  private Optional<Incoming> incoming = Optional.empty();
  private boolean unforced;
  private boolean broken;

  /** A snapshot whose chunks are coming in. */
  private record Incoming(long index, int term, int count, TreeMap<Integer, SnapshotPart> parts) {}

  private GroupStore(
      Disk disk,
      String folder,
      int chunkBytes,
      WorkaroundSwitches switches,
      Consumer<Throwable> failed)
      throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.chunkBytes = chunkBytes;
    this.switches = switches;
    this.failed = failed;
    this.checkpoints = FlatFileStore.open(disk, folder);
    this.journal = Journal.open(disk, folder, switches.dropConflictingTail());
  }

  /**
   * Opens the store of a member.
   *
   * @param chunkBytes size of a part of a checkpoint
   * @param failed is told the first error, once
   * @throws CorruptStore when something that was forced is lost
   */
  static GroupStore open(
      Disk disk,
      String folder,
      int chunkBytes,
      WorkaroundSwitches switches,
      Consumer<Throwable> failed)
      throws IOException {
    return new GroupStore(disk, folder, chunkBytes, switches, failed);
  }

  static GroupStore open(MemberConfig setting, Consumer<Throwable> failed) throws IOException {
    return open(
        setting.ports().disk(),
        setting.folder(),
        setting.limits().chunkBytes(),
        setting.switches(),
        failed);
  }

  FlatFileStore checkpoints() {
    return checkpoints;
  }

  Journal journal() {
    return journal;
  }

  /** Writes what a member begins with, forced. */
  void begin(GroupId group, String birth, Endpoint member, List<Endpoint> members)
      throws IOException {
    RaftGroupMembersView view =
        RaftCodec.MODEL
            .createRaftGroupMembersViewBuilder()
            .setLogIndex(0)
            .setMembers(List.copyOf(members))
            .setVotingMembers(List.copyOf(members))
            .build();
    journal.append(
        List.of(
            new JournalRecord.Head(group, birth),
            new JournalRecord.Identity(member, true),
            new JournalRecord.FirstMembers(view),
            new JournalRecord.Term(0, Optional.empty())));
    journal.force();
  }

  /** Forces everything and reads it again from the disk, as after a start. */
  RestoredRaftState restoreAgain(ReplicatedState scratch) throws IOException {
    journal.force();
    journal.close();
    incoming = Optional.empty();
    journal = Journal.open(disk, folder, switches.dropConflictingTail());
    return restore(scratch);
  }

  /** What MicroRaft starts from; the record is only used to make a damaged checkpoint again. */
  RestoredRaftState restore(ReplicatedState scratch) throws IOException {
    JournalRecord.Identity identity = journal.identity().orElseThrow(this::noBeginning);
    JournalRecord.FirstMembers first = journal.firstMembers().orElseThrow(this::noBeginning);
    Optional<SnapshotEntry> snapshot = newestSnapshot(scratch);
    long from = snapshot.map(entry -> entry.getIndex() + 1).orElse(1L);
    return new RestoredRaftState(
        RaftCodec.MODEL
            .createRaftEndpointPersistentStateBuilder()
            .setLocalEndpoint(identity.member())
            .setVoting(identity.voting())
            .build(),
        first.view(),
        RaftCodec.MODEL
            .createRaftTermPersistentStateBuilder()
            .setTerm(journal.term().term())
            .setVotedFor(journal.term().vote().orElse(null))
            .build(),
        snapshot.orElse(null),
        journal.entriesFrom(from));
  }

  private CorruptStore noBeginning() {
    return new CorruptStore(folder + "/journal: does not say whose it is: it is empty or lost");
  }

  private Optional<SnapshotEntry> newestSnapshot(ReplicatedState scratch) throws IOException {
    List<JournalRecord.Snapshot> known = journal.snapshots();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    JournalRecord.Snapshot newest = known.getLast();
    Optional<Checkpoint> checkpoint = checkpoints.find(newest.index());
    if (checkpoint.isEmpty()) {
      checkpoint = Optional.of(madeAgain(newest, known, scratch));
    }
    return Optional.of(entry(newest, checkpoint.get()));
  }

  /** What a snapshot covers was committed, so it can be applied again without asking anybody. */
  private Checkpoint madeAgain(
      JournalRecord.Snapshot lost, List<JournalRecord.Snapshot> known, ReplicatedState scratch)
      throws IOException {
    JournalRecord.Snapshot older = known.getFirst();
    boolean fromStart = known.size() == 1;
    scratch.clear();
    if (!fromStart) {
      Checkpoint base = checkpoints.find(older.index()).orElseThrow(() -> damaged(lost));
      scratch.replaceBy(older.index(), items(base));
    }
    long next = fromStart ? 1 : older.index() + 1;
    List<LogEntry> entries = journal.entriesFrom(next);
    if (entries.size() < lost.index() - next + 1) {
      throw damaged(lost);
    }
    for (LogEntry entry : entries.subList(0, (int) (lost.index() - next + 1))) {
      if (entry.getOperation() instanceof EncodedCommand operation) {
        scratch.apply(LogCommand.decode(operation.bytes()));
      }
    }
    List<byte[]> parts = StateItem.pack(scratch.items(), chunkBytes);
    return checkpoints.write(lost.index(), parts);
  }

  private CorruptStore damaged(JournalRecord.Snapshot lost) {
    return new CorruptStore(
        "%s: checkpoint %d is damaged, and what it was made from is gone"
            .formatted(folder, lost.index()));
  }

  private List<StateItem> items(Checkpoint checkpoint) throws IOException {
    List<StateItem> items = new ArrayList<>();
    for (Checkpoint.Part part : checkpoint.parts()) {
      items.addAll(StateItem.unpack(checkpoints.read(part)));
    }
    return items;
  }

  private static SnapshotEntry entry(JournalRecord.Snapshot snapshot, Checkpoint checkpoint) {
    List<SnapshotChunk> chunks = new ArrayList<>();
    int count = checkpoint.parts().size();
    for (Checkpoint.Part part : checkpoint.parts()) {
      SnapshotPart pointer = new SnapshotPart(part);
      chunks.add(
          RaftCodec.chunk(
              snapshot.index(),
              snapshot.term(),
              part.number(),
              count,
              pointer,
              snapshot.members()));
    }
    return RaftCodec.MODEL
        .createSnapshotEntryBuilder()
        .setIndex(snapshot.index())
        .setTerm(snapshot.term())
        .setSnapshotChunks(chunks)
        .setGroupMembersView(snapshot.members())
        .build();
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) throws IOException {
    var record =
        new JournalRecord.Identity(RaftCodec.endpoint(state.getLocalEndpoint()), state.isVoting());
    if (!journal.identity().equals(Optional.of(record))) {
      guarded(() -> appendAndForce(record));
    }
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) throws IOException {
    if (journal.firstMembers().isEmpty()) {
      guarded(() -> appendAndForce(new JournalRecord.FirstMembers(members)));
    }
  }

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState state) throws IOException {
    var record =
        new JournalRecord.Term(
            state.getTerm(), Optional.ofNullable(state.getVotedFor()).map(RaftCodec::endpoint));
    if (journal.term().equals(record)) {
      return; // forced before
    }
    guarded(() -> {
      journal.append(record);
      force();
    });
  }

  private void appendAndForce(JournalRecord record) throws IOException {
    journal.append(record);
    force();
  }

  private void force() throws IOException {
    journal.force();
    unforced = false;
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) throws IOException {
    guarded(() -> {
      unforced = true;
      journal.append(entries.stream().map(JournalRecord.Entry::new).toList());
    });
  }

  @Override
  public void truncateLogEntriesFrom(long index) throws IOException {
    guarded(() -> {
      unforced = true;
      journal.append(new JournalRecord.Truncated(index));
    });
  }

  /** Takes a chunk; the last one makes the snapshot count, after the next {@link #flush()}. */
  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) throws IOException {
    guarded(() -> {
      Incoming now =
          incoming
              .filter(there -> there.index() == chunk.getIndex())
              .filter(there -> there.term() == chunk.getTerm())
              .orElseGet(() ->
                  new Incoming(
                      chunk.getIndex(),
                      chunk.getTerm(),
                      chunk.getSnapshotChunkCount(),
                      new TreeMap<>()));
      now.parts().put(chunk.getSnapshotChunkIndex(), (SnapshotPart) chunk.getOperation());
      incoming = Optional.of(now);
      if (now.parts().size() == now.count()) {
        complete(now, chunk.getGroupMembersView());
        incoming = Optional.empty();
      }
    });
  }

  private void complete(Incoming snapshot, RaftGroupMembersView members) throws IOException {
    List<SnapshotPart> parts = List.copyOf(snapshot.parts().values());
    if (!parts.stream().allMatch(SnapshotPart::stored)) {
      List<byte[]> bytes = new ArrayList<>();
      for (SnapshotPart part : parts) {
        bytes.add(part.read(checkpoints));
      }
      Checkpoint checkpoint = checkpoints.write(snapshot.index(), bytes);
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).storedAt(checkpoint.parts().get(i));
      }
    }
    unforced = true;
    journal.append(
        new JournalRecord.Snapshot(snapshot.index(), snapshot.term(), snapshot.count(), members));
  }

  /**
   * MicroRaft is done with the entries below its snapshot; those behind the older checkpoint stay.
   */
  @Override
  public void truncateLogEntriesUntil(long index) throws IOException {
    guarded(() -> {
      List<JournalRecord.Snapshot> known = journal.snapshots();
      if (known.size() > 1) {
        checkpoints.deleteBelow(known.getFirst().index());
        journal.cutUntil(known.getFirst().index());
      }
    });
  }

  /** S2: MicroRaft also says this of a snapshot that is complete and in use. */
  @Override
  public void deleteSnapshotChunks(long index, int count) throws IOException {
    guarded(() -> {
      incoming = incoming.filter(snapshot -> snapshot.index() != index);
      if (!switches.keepOwnSnapshot()) {
        checkpoints.deleteBelow(index + 1);
      }
    });
  }

  @Override
  public void flush() throws IOException {
    guarded(() -> {
      if (unforced) {
        force();
      }
    });
  }

  /** Something that may fail for the store's sake. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /** Runs an action on the store; its error is the end of the store. */
  void guarded(Action action) throws IOException {
    if (broken) {
      throw new IOException(folder + ": the store failed before and must not be used any more");
    }
    try {
      action.run();
    } catch (IOException | RuntimeException e) {
      broken = switches.stopAtFirstStoreError();
      if (broken) {
        failed.accept(e);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
