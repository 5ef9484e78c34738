package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.storage.Checkpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupStoreTest {

  private final MemoryDisk disk = new MemoryDisk();
  private final List<Throwable> failures = new ArrayList<>();
  private final ReplicatedState state = new ReplicatedState();
  private GroupStore store = open();

  private GroupStore open() {
    try {
      return GroupStore.open(disk, "g", 200, WorkaroundSwitches.ALL, failures::add);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    store.begin(World.GROUP, "birth", Bench.B, Bench.MEMBERS);
  }

  private void apply(int from, int to) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    for (int index = from; index <= to; index++) {
      byte[] text = ("state " + index).getBytes(UTF_8);
      Change change =
          new Change(
              "k", "r" + index, text, index - 1, Optional.of(text), text, List.of(), Instant.EPOCH);
      LogCommand.Step step = new LogCommand.Step(change, 9, Duration.ofHours(24));
      state.apply(step);
      entries.add(
          RaftCodec.MODEL
              .createLogEntryBuilder()
              .setIndex(index)
              .setTerm(1)
              .setOperation(EncodedCommand.of(step))
              .build());
    }
    store.persistLogEntries(entries);
    store.flush();
  }

  /** As MicroRaft takes a snapshot. */
  private void snapshot(long index) throws IOException {
    Checkpoint checkpoint = store.checkpoints().write(index, StateItem.pack(state.items(), 200));
    int count = checkpoint.parts().size();
    for (Checkpoint.Part part : checkpoint.parts()) {
      store.persistSnapshotChunk(
          RaftCodec.chunk(index, 1, part.number(), count, new SnapshotPart(part), Bench.members()));
    }
    store.flush();
    store.truncateLogEntriesUntil(index);
  }

  private void threeSnapshots() throws IOException {
    apply(1, 20);
    snapshot(20);
    apply(21, 40);
    snapshot(40);
    apply(41, 60);
    snapshot(60);
    apply(61, 65);
  }

  private static long version(RestoredRaftState restored, GroupStore store) throws IOException {
    SnapshotEntry snapshot = Objects.requireNonNull(restored.getSnapshotEntry());
    List<StateItem> items = new ArrayList<>();
    for (Object chunk : (List<?>) snapshot.getOperation()) {
      Object part = ((io.microraft.model.log.SnapshotChunk) chunk).getOperation();
      items.addAll(StateItem.unpack(((SnapshotPart) part).read(store.checkpoints())));
    }
    ReplicatedState read = new ReplicatedState();
    read.replaceBy(1, items);
    return read.applied("k").version();
  }

  @Test
  void newestSnapshotAndTheEntriesBehindItComeBack() throws IOException {
    threeSnapshots();
    disk.loseUnforced();
    GroupStore again = open();
    RestoredRaftState restored = again.restore(new ReplicatedState());
    assertThat(Objects.requireNonNull(restored.getSnapshotEntry()).getIndex()).isEqualTo(60);
    assertThat(restored.getLogEntries())
        .extracting(LogEntry::getIndex)
        .containsExactly(61L, 62L, 63L, 64L, 65L);
    assertThat(version(restored, again)).isEqualTo(60);
    assertThat(again.checkpoints().indexes()).containsExactly(40L, 60L);
  }

  @Test
  void damagedNewestCheckpointIsMadeAgainFromTheOlderOneAndTheLog() throws IOException {
    threeSnapshots();
    flip("g/checkpoint-%019d".formatted(60));
    GroupStore again = open();
    RestoredRaftState restored = again.restore(new ReplicatedState());
    assertThat(version(restored, again)).isEqualTo(60);
    assertThat(restored.getLogEntries()).hasSize(5);
  }

  @Test
  void damagedFirstCheckpointIsMadeAgainFromTheLogAlone() throws IOException {
    apply(1, 20);
    snapshot(20);
    disk.delete("g/checkpoint-%019d".formatted(20));
    GroupStore again = open();
    assertThat(version(again.restore(new ReplicatedState()), again)).isEqualTo(20);
  }

  @Test
  void damagedCheckpointsOfBothKindsKeepTheMemberOut() throws IOException {
    threeSnapshots();
    flip("g/checkpoint-%019d".formatted(60));
    flip("g/checkpoint-%019d".formatted(40));
    assertThatThrownBy(() -> open().restore(new ReplicatedState()))
        .isInstanceOf(CorruptStore.class)
        .hasMessage("g: checkpoint 60 is damaged, and what it was made from is gone");
  }

  private void flip(String path) {
    byte[] bytes = disk.content(path);
    bytes[bytes.length / 2] ^= 1;
    disk.put(path, bytes);
  }

  @Test
  void journalIsCutBelowTheOlderCheckpointOnly() throws IOException {
    threeSnapshots();
    assertThat(open().journal().entriesFrom(41)).hasSize(25);
    assertThatThrownBy(() -> open().journal().entriesFrom(20)).isInstanceOf(CorruptStore.class);
  }

  @Test
  void crashBetweenCheckpointAndItsRecordFallsBackToTheOneBefore() throws IOException {
    apply(1, 20);
    snapshot(20);
    apply(21, 40);
    store.checkpoints().write(40, StateItem.pack(state.items(), 200));
    disk.loseUnforced();
    GroupStore again = open();
    RestoredRaftState restored = again.restore(new ReplicatedState());
    assertThat(version(restored, again)).isEqualTo(20);
    assertThat(restored.getLogEntries()).hasSize(20);
  }

  @Test
  void halfReceivedSnapshotLeavesNothingBehind() throws IOException {
    apply(1, 5);
    var half = Bench.install(Bench.A, 1, 50, 1, 0, 2).getSnapshotChunk();
    store.persistSnapshotChunk(Objects.requireNonNull(half));
    store.flush();
    RestoredRaftState restored = open().restore(new ReplicatedState());
    assertThat(restored.getSnapshotEntry()).isNull();
    assertThat(restored.getLogEntries()).hasSize(5);
  }

  @Test
  void unchangedTermIsNotForcedAgain() throws IOException {
    var term =
        RaftCodec.MODEL
            .createRaftTermPersistentStateBuilder()
            .setTerm(4)
            .setVotedFor(Bench.A)
            .build();
    store.persistAndFlushTerm(term);
    int forces = disk.forces();
    store.persistAndFlushTerm(term);
    assertThat(disk.forces()).isEqualTo(forces);
    disk.loseUnforced();
    assertThat(open().journal().term()).isEqualTo(new JournalRecord.Term(4, Optional.of(Bench.A)));
  }

  @Test
  void afterItsFirstErrorTheStoreRefusesEverything() throws IOException {
    disk.failForces(1);
    assertThatThrownBy(() -> apply(1, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.flush())
        .isInstanceOf(IOException.class)
        .hasMessage("g: the store failed before and must not be used any more");
    assertThat(failures).hasSize(1);
  }
}
